package io.holdfast.server.identity;

import io.holdfast.server.problem.Problem;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemResponses;
import io.holdfast.server.request.SameContext;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Set;

/// Takes the key out of a request and lets [KeyIdentities] say whose it is.
@Singleton
final class KeyAuthentication implements HttpAuthenticationMechanism {

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext context, IdentityProviderManager identities) {
    String header = context.request().getHeader("Authorization");
    if (header == null) {
      return Uni.createFrom().nullItem();
    }
    return PresentedKey.in(header)
        .map(key -> identities.authenticate(new KeyRequest(key)).emitOn(new SameContext()))
        .orElseGet(() -> Uni.createFrom().failure(new AuthenticationFailedException()));
  }

  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext context) {
    return Uni.createFrom().item(new ChallengeData(ProblemCode.UNAUTHORIZED.status()));
  }

  @Override
  public Uni<Boolean> sendChallenge(RoutingContext context) {
    ProblemResponses.send(
        Problem.of(
            ProblemCode.UNAUTHORIZED,
            "send Authorization: Bearer KEY, or the key as the password of Basic"),
        context.response());
    return Uni.createFrom().item(true);
  }

  @Override
  public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
    return Set.of(KeyRequest.class);
  }
}
