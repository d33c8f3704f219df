package io.holdfast.server.oidc;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import jakarta.inject.Singleton;

/// What became of logins at providers. No tenant is a label: there is no end of them.
@Singleton
final class OidcMetrics {
  private static final String LET_IN = "let_in";

  void letIn() {
    count(LET_IN);
  }

  /// @param problem the code of what a person was told instead
  void ended(String problem) {
    count(problem);
  }

  private static void count(String outcome) {
    Counter.builder("holdfast.oidc.logins")
        .tag("outcome", outcome)
        .description("logins at providers of OpenID Connect")
        .register(Metrics.globalRegistry)
        .increment();
  }
}
