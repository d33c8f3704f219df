package io.holdfast.server.account;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;
import java.util.List;
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
}
