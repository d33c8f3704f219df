package io.holdfast.server.identity;

import io.quarkus.security.identity.request.BaseAuthenticationRequest;

/// Asks whose a key is.
final class KeyRequest extends BaseAuthenticationRequest {
  private final ApiKey key;

  KeyRequest(ApiKey key) {
    this.key = key;
  }

  ApiKey key() {
    return key;
  }
}
