package io.holdfast.server.machine;

import io.holdfast.server.problem.Problem;
import io.holdfast.server.problem.ProblemCode;

/// A signed request is not let in.
final class SignatureRefused extends RuntimeException {
  private final RefusedFor reason;

  private SignatureRefused(RefusedFor reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
  }

  static SignatureRefused malformed(String detail) {
    return new SignatureRefused(RefusedFor.FORM, detail);
  }

  /// Whether a key id is known, from where it may ask and what does not fit are all told alike:
  /// whoever guesses learns nothing from the answer.
  static SignatureRefused of(RefusedFor reason) {
    return new SignatureRefused(
        reason,
        switch (reason) {
          case FORM -> "the headers of the signature are not as they must be";
          case SEVERAL_WAYS -> "a signed request has no Authorization";
          case TIME -> "it was signed more than " + Tolerance.SECONDS + " s before or after now";
          case KEY_ID, NETWORK, SIGNATURE ->
              "no machine that may ask from this address has signed this";
          case BODY -> "the body is not the one whose digest was signed";
          case NONCE -> "the nonce was used before: sign again, with another one";
        });
  }

  RefusedFor reason() {
    return reason;
  }

  Problem problem() {
    ProblemCode code =
        reason == RefusedFor.NONCE ? ProblemCode.REQUEST_REPLAYED : ProblemCode.SIGNATURE_REFUSED;
    return Problem.of(code, String.valueOf(getMessage()));
  }
}
