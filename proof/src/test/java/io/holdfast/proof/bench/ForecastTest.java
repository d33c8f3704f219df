package io.holdfast.proof.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ForecastTest {

  private static final List<String> CONTROLS = List.of("combined", "row-lock");

  @Test
  void addsTheEnginesPartsAndItsOwn() {
    Scope scope = scope(false, Part.usual(false));
    Forecast forecast =
        Forecast.of(
            scope,
            Part.usual(false).stream()
                .filter(part -> !part.isOfEachControl() && part != Part.FLOOD)
                .map(part -> new Forecast.Entry(part, 10, 60))
                .toList());
    int overHttp = HttpMeasures.count(2, false) + HttpMeasures.countOfOrders(2);
    assertEquals(70 + overHttp + FloodMeasures.count(), forecast.measures());
    assertTrue(forecast.toString().contains("grid 65 s"), forecast.toString());
  }

  @Test
  void takesLessThanThreeMinutesWhenQuick() {
    Forecast forecast =
        Forecast.of(scope(true, Part.usual(true)), List.of(new Forecast.Entry(Part.TABLE, 14, 84)));
    assertTrue(forecast.seconds() < 180, forecast.toString());
  }

  @Test
  void shortensEverythingInProportion() {
    Pace pace = Pace.of(false).with(1);
    assertEquals(1_000, pace.measuredMillis());
    assertEquals(2_000, pace.nodeWarmUpMillis());
  }

  private static Scope scope(boolean isQuick, List<Part> parts) {
    return new Scope(parts, List.of(), CONTROLS, Pace.of(isQuick), 1, 1);
  }
}
