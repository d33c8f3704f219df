package io.holdfast.server.oidc;

import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a browser brings back from a provider, each part once: of two values two readers could take
/// different ones.
///
/// @param cookie what it was sent away with; null: nothing
record Returned(@Nullable String cookie, MultivaluedMap<String, String> query) {

  Optional<String> state() {
    return one("state");
  }

  Optional<String> code() {
    return one("code");
  }

  Optional<String> error() {
    return one("error");
  }

  Optional<String> errorDescription() {
    return one("error_description");
  }

  Optional<String> issuer() {
    return one("iss");
  }

  private Optional<String> one(String name) {
    List<String> values = query.getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw new ProblemException(
          ProblemCode.LOGIN_REFUSED, "the address that you came back by says two things at once");
    }
    return values.stream().findFirst();
  }
}
