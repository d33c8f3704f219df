package io.holdfast.server.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class UsernameTest {

  @Test
  void namesThatDifferInCaseOrFormAreTheSame() {
    assertSame("Anna", "anna", "ANNA", "ａｎｎａ");
    assertSame("Jose\u0301", "jos\u00e9", "JOS\u00c9");
    assertSame("straße", "STRASSE", "Strasse");
    assertSame("ΟΔΥΣΣΕΥΣ", "οδυσσευς", "οδυσσευσ");
    assertSame("ﬁnn", "FINN");
  }

  private static void assertSame(String first, String... others) {
    for (String other : others) {
      assertEquals(new Username(first).key(), new Username(other).key(), first + " " + other);
    }
  }

  @Test
  void otherNamesAreOthers() {
    assertNotEquals(new Username("anna").key(), new Username("ana").key());
    assertNotEquals(new Username("a.b").key(), new Username("ab").key());
  }

  @Test
  void aNameIsKeptAsItWasWritten() {
    assertEquals("Anna.B", new Username("Anna.B").text());
  }

  @Test
  void whatIsNoNameIsRefused() {
    for (String wrong :
        List.of("", " ", "a b", ".a", "a.", "a\u0000b", "a\nb", "\u202eanna", "x".repeat(65))) {
      assertThrows(IllegalArgumentException.class, () -> new Username(wrong), wrong);
    }
  }

  @Test
  void sixtyFourLettersAreAName() {
    assertEquals(64, new Username("x".repeat(64)).text().length());
  }
}
