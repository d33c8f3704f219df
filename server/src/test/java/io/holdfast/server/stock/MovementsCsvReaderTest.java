package io.holdfast.server.stock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.stock.LevelHistory;
import io.holdfast.stock.MovementPaging.Order;
import io.holdfast.stock.MovementView;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.StockCount;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MovementsCsvReaderTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123456Z");

  @Test
  void readsBackWhatWasWritten() throws IOException {
    List<MovementView> movements = new ArrayList<>();
    for (String text : List.of("plain", "'", "''quoted", "=1+1", "a,\"b\"", "two\r\nlines", "é€")) {
      movements.add(movement(movements.size() + 1, text));
    }
    String csv = written(movements);
    List<MovementView> read = new ArrayList<>();
    new MovementsCsvReader(new StringReader(csv)).forEachRemaining(read::add);
    assertEquals(movements, read);
  }

  private static MovementView movement(int version, String text) {
    boolean isOfReservation = version % 2 == 0;
    return new MovementView(
        "reserve",
        0,
        -version,
        new StockCount(10, version, version),
        text,
        isOfReservation ? null : text,
        isOfReservation ? new ReservationId(new UUID(version, 1)) : null,
        isOfReservation ? null : text,
        NOW);
  }

  private static String written(List<MovementView> movements) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LevelHistory.Page page = new LevelHistory.Page(movements, false, movements.size());
    MovementsCsv.begin(Order.OLDEST_FIRST, _ -> page, System::nanoTime, () -> {}).write(out);
    return out.toString(UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1,reserve,0,1,0,1,\"me\"\r\n",
        "1,reserve,0,1,0,1,\"me",
        "1,reserve,0,1,0,1,\"me\",2026-11-22T10:00:00Z",
        "1,reserve,0,1,0,1,,2026-11-22T10:00:00Z\r\n",
        "1,reserve,0,one,0,1,\"me\",2026-11-22T10:00:00Z\r\n",
        "1,reserve,0,1,0,1,\"me\",today\r\n"
      })
  void saysInWhichRecordSomethingElseStands(String wrong) {
    String names = "version,kind,on_hand_change,reserved_change,on_hand,reserved,actor,recorded_at";
    String csv = names + "\r\n" + wrong;
    MovementsCsvReader reader = new MovementsCsvReader(new StringReader(csv));
    assertTrue(reader.hasNext());
    IllegalArgumentException invalid = assertThrows(IllegalArgumentException.class, reader::next);
    assertTrue(String.valueOf(invalid.getMessage()).startsWith("record 2 of the movements "));
  }
}
