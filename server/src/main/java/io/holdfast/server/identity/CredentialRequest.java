package io.holdfast.server.identity;

import io.quarkus.security.identity.request.BaseAuthenticationRequest;

/// Asks whose a credential is.
final class CredentialRequest extends BaseAuthenticationRequest {
  private final Credential credential;

  CredentialRequest(Credential credential) {
    this.credential = credential;
  }

  Credential credential() {
    return credential;
  }
}
