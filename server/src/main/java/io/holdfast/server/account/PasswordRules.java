package io.holdfast.server.account;

import com.nulabinc.zxcvbn.Zxcvbn;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;
import java.util.List;

/// Which passwords are taken: any characters, as long as they are many and are not what would be
/// guessed first. There are no rules of composition, and nothing expires.
final class PasswordRules {
  private static final int MIN_LENGTH = 8;

  /// Not among the first 10^6 guesses: more than are let through in a year.
  private static final int MIN_SCORE = 2;

  /// The estimate's time grows with the square of the length, and by then it is sure.
  private static final int ESTIMATED_LENGTH = 64;

  private final Zxcvbn estimate = new Zxcvbn();

  /// @param context what an attacker knows: the account's names
  void check(Password password, String member, List<String> context) {
    String text = password.text();
    if (text.codePointCount(0, text.length()) < MIN_LENGTH) {
      throw refused("it must have at least " + MIN_LENGTH + " characters", member);
    }
    String estimated = text.substring(0, Math.min(text.length(), ESTIMATED_LENGTH));
    if (estimate.measure(estimated, context).getScore() < MIN_SCORE) {
      throw refused("it would be among the first to be tried; several words are better", member);
    }
  }

  private static ProblemException refused(String why, String member) {
    return new ProblemException(ProblemCode.PASSWORD_REFUSED, why, member);
  }
}
