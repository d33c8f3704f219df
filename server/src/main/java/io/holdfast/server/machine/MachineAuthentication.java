package io.holdfast.server.machine;

import io.holdfast.server.identity.Caller;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Set;

/// Makes the machine that [SignedRequests] has let in the identity of its request. Whoever asks for
/// the identity of a signed request that was not let in gets none, whatever else it carries.
@Singleton
final class MachineAuthentication implements HttpAuthenticationMechanism {
  private static final String LET_IN = MachineAuthentication.class.getName();

  static void letIn(Caller caller, RoutingContext context) {
    context.put(LET_IN, caller);
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext context, IdentityProviderManager identities) {
    if (!SignedRequest.isOneWith(context.request().headers())) {
      return Uni.createFrom().nullItem();
    }
    return context.get(LET_IN) instanceof Caller caller
        ? Uni.createFrom().item(QuarkusSecurityIdentity.builder().setPrincipal(caller).build())
        : Uni.createFrom().failure(new AuthenticationFailedException());
  }

  /// The challenge is that of keys: nobody types a signature.
  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext context) {
    return Uni.createFrom().nullItem();
  }

  /// Asked before keys are.
  @Override
  public int getPriority() {
    return DEFAULT_PRIORITY + 1;
  }

  @Override
  public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
    return Set.of();
  }
}
