package io.holdfast.server.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberPatternTest {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 7);

  @ParameterizedTest
  @CsvSource({
    "SO-{yyyy}-{000000}, 42, SO-2026-000042",
    "{0}, 42, 42",
    "{yyyy}{mm}{dd}/{00}, 7, 20260307/07",
    "W.{yyyy}_{mm}#{000}, 1234, W.2026_03#1234",
    "{0000}-{yyyy}, 9999999999, 9999999999-2026"
  })
  void aNumberStandsWhereTheZerosAre(String pattern, long count, String number) {
    assertEquals(List.of(number), new NumberPattern(pattern).numbers(DAY, count, 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SO",
        "SO-{yyyy}",
        "{0}{00}",
        "{0000000000000}",
        "{mm}-{0}",
        "{yyyy}-{dd}-{0}",
        "{yyyy}{yyyy}{0}",
        "{yy}-{0}",
        "SO {0}",
        "SO-{0}\n",
        "é{0}",
        "{0",
        "{}{0}"
      })
  void whatMakesNoNumberIsRefused(String pattern) {
    assertThrows(IllegalArgumentException.class, () -> new NumberPattern(pattern));
  }

  @Test
  void numbersAreCountedWithinTheDateThatTheyTell() {
    LocalDate nextDay = DAY.plusDays(1);
    LocalDate nextMonth = DAY.plusMonths(1);
    LocalDate nextYear = DAY.plusYears(1);
    assertSame("{0}", DAY, nextYear);
    assertSame("{yyyy}-{0}", DAY, nextMonth);
    assertAnother("{yyyy}-{0}", DAY, nextYear);
    assertSame("{yyyy}{mm}-{0}", DAY, nextDay);
    assertAnother("{yyyy}{mm}-{0}", DAY, nextMonth);
    assertAnother("{yyyy}{mm}-{0}", DAY, nextYear);
    assertAnother("{yyyy}{mm}{dd}-{0}", DAY, nextDay);
  }

  private static void assertSame(String pattern, LocalDate first, LocalDate second) {
    NumberPattern counted = new NumberPattern(pattern);
    assertFalse(counted.beginsAnew(first, second));
  }

  private static void assertAnother(String pattern, LocalDate first, LocalDate second) {
    NumberPattern counted = new NumberPattern(pattern);
    assertTrue(counted.beginsAnew(first, second));
  }
}
