package io.holdfast.server.oidc;

import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a browser brings back from a provider; an address that says a part twice gets no further
/// than to the guard of all routes.
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
    return Optional.ofNullable(query.getFirst(name));
  }
}
