package io.holdfast.server.oidc;

import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;

/// What a person is told when the provider is what is wrong.
final class ProviderFault {
  private ProviderFault() {}

  /// It said something that can't be gone on with.
  static ProblemException unusable(String why) {
    return new ProblemException(ProblemCode.PROVIDER_UNUSABLE, why);
  }

  /// It said nothing in time.
  static ProblemException unreachable(String why) {
    return new ProblemException(ProblemCode.PROVIDER_UNREACHABLE, why);
  }
}
