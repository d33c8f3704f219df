package io.holdfast.server.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormulasTest {
  private static final String SIGNS = "=+-@' \t\uff1d\uff0b\uff0d\uff20\"ab1";

  @ParameterizedTest
  @ValueSource(
      strings = {"=1+1", "+1", "-1", "@SUM(A1)", "  =1", "\t=1", "\rx", "'quoted", "＝1", "'=1"})
  void whatBeginsLikeAFormulaGetsAQuoteInFront(String text) {
    assertEquals("'" + text, Formulas.harmless(text));
    assertEquals(text, Formulas.written("'" + text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "a=1", "1-1", "é", "\"=1\""})
  void whatBeginsOtherwiseStaysAsItIs(String text) {
    assertEquals(text, Formulas.harmless(text));
    assertEquals(text, Formulas.written(text));
  }

  @Test
  void aQuoteThatSomebodyWroteStays() {
    assertEquals("'s-Hertogenbosch", Formulas.written("'s-Hertogenbosch"));
    assertEquals("'", Formulas.written("'"));
  }

  @Test
  void readingUndoesExactlyWhatWritingDid() {
    Random random = new Random(20261124);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(6); length > 0; length--) {
        text.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
      }
      String written = Formulas.harmless(text.toString());
      assertEquals(text.toString(), Formulas.written(written), written);
      assertFalse(!written.isEmpty() && "=+-@".indexOf(written.charAt(0)) >= 0, written);
    }
  }
}
