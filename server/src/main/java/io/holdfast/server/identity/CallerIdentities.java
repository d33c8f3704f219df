package io.holdfast.server.identity;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/// Makes a [Caller] the identity of the request.
@Singleton
final class CallerIdentities implements IdentityProvider<CredentialRequest> {
  private final Callers callers;

  CallerIdentities(Callers callers) {
    this.callers = callers;
  }

  @Override
  public Class<CredentialRequest> getRequestType() {
    return CredentialRequest.class;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      CredentialRequest request, AuthenticationRequestContext context) {
    return Uni.createFrom()
        .completionStage(() -> callers.of(request.credential()))
        .map(caller -> identity(caller.orElseThrow(AuthenticationFailedException::new)));
  }

  private static SecurityIdentity identity(Caller caller) {
    return QuarkusSecurityIdentity.builder().setPrincipal(caller).build();
  }
}
