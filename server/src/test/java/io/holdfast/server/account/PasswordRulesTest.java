package io.holdfast.server.account;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nulabinc.zxcvbn.Zxcvbn;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PasswordRulesTest {
  private final PasswordRules rules = new PasswordRules();

  @Test
  void whatIsTriedFirstIsRefused() {
    for (String easy :
        List.of(
            "short",
            "password",
            "12345678",
            "qwertyuiop",
            "aaaaaaaaaaaa",
            "Passw0rd",
            "margarethe",
            "Margarethe1")) {
      ProblemException refused = assertThrows(ProblemException.class, () -> check(easy), easy);
      assertEquals(ProblemCode.PASSWORD_REFUSED.code(), refused.problem().code());
    }
  }

  @Test
  void whatIsLongAndOfOnesOwnIsTaken() {
    for (String good :
        List.of(
            "correct horse battery staple",
            "Tür auf, Tür zu, 3 Enten",
            "xK4#pQ9z!w",
            "語呂合わせは楽しい毎日",
            "y".repeat(50) + " but not only that " + "z".repeat(100))) {
      assertDoesNotThrow(() -> check(good), good);
    }
  }

  /// What people chose before and what leaked: those of the library's list that are long enough.
  @Test
  void whatWasLeakedIsRefused() throws IOException {
    List<String> leaked = leaked().filter(password -> password.length() >= 8).limit(3_500).toList();
    assertEquals(3_500, leaked.size());
    for (String password : leaked) {
      assertThrows(ProblemException.class, () -> check(password), password);
    }
  }

  private static Stream<String> leaked() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(
            Zxcvbn.class.getResourceAsStream("matchers/dictionaries/passwords.txt"))) {
      return new String(file.readAllBytes(), UTF_8).lines();
    }
  }

  private void check(String password) {
    rules.check(new Password(password), "password", List.of("margarethe", "holdfast"));
  }

  @Test
  void aHashIsOfOnePasswordAndSaysWhatItCost() {
    PasswordHashes hashes = new PasswordHashes(1);
    Password password = new Password("correct horse battery staple");
    String hash = hashes.of(password);
    assertTrue(hash.startsWith("$argon2id$v=19$m=19456,t=2,p=1$"), hash);
    assertTrue(hashes.matches(password, hash));
    assertTrue(!hashes.matches(new Password("correct horse battery stapl"), hash));
    assertTrue(!hashes.matches(password, null));
    assertTrue(!hashes.of(password).equals(hash), "each has a salt of its own");
  }

  @Test
  void everyCharacterCounts() {
    PasswordHashes hashes = new PasswordHashes(1);
    String longest = "Aa " + "x".repeat(252) + "z";
    String hash = hashes.of(new Password(longest));
    assertTrue(hashes.matches(new Password(longest), hash));
    for (String other :
        List.of(
            longest.substring(0, 255) + "y",
            longest.substring(0, 255),
            "aa " + longest.substring(3),
            "Aa" + longest.substring(3),
            "Å" + longest.substring(1))) {
      assertTrue(!hashes.matches(new Password(other), hash), other);
    }
    assertThrows(IllegalArgumentException.class, () -> new Password(longest + "z"));
  }
}
