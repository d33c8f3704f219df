package io.holdfast.server.account;

import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;

/// Reads the token of an invitation.
final class Invited {
  private Invited() {}

  static SecretToken token(String text, String member) {
    return SecretToken.parse(SecretToken.Kind.INVITATION, text).orElseThrow(() -> refused(member));
  }

  /// The same for one that never was, that was used, and whose time is over.
  static ProblemException refused(String member) {
    return new ProblemException(
        ProblemCode.TOKEN_REFUSED, "it was used, its time is over, or it never was", member);
  }
}
