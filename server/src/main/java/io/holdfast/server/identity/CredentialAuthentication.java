package io.holdfast.server.identity;

import io.holdfast.server.problem.Problem;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;
import io.holdfast.server.problem.ProblemResponses;
import io.holdfast.server.request.SafeMethods;
import io.holdfast.server.request.SameContext;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Set;

/// Takes the credential out of a request and lets [CallerIdentities] say whose it is. Where there
/// is an `Authorization`, a cookie says nothing. A cookie of a session that is over is as good as
/// none.
@Singleton
final class CredentialAuthentication implements HttpAuthenticationMechanism {
  static final String CSRF_HEADER = "X-CSRF-Token";

  private final SessionCookies cookies;
  private final OpenPaths open;

  CredentialAuthentication(SessionCookies cookies, OpenPaths open) {
    this.cookies = cookies;
    this.open = open;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext context, IdentityProviderManager identities) {
    String header = context.request().getHeader("Authorization");
    if (header == null) {
      return cookies
          .in(context.request())
          .filter(_ -> !open.contain(context))
          .map(cookie -> byCookie(cookie, context.request(), identities))
          .orElseGet(() -> Uni.createFrom().nullItem());
    }
    return PresentedCredential.in(header)
        .map(
            shown ->
                identities.authenticate(new CredentialRequest(shown)).emitOn(new SameContext()))
        .orElseGet(() -> Uni.createFrom().failure(new AuthenticationFailedException()));
  }

  private static Uni<SecurityIdentity> byCookie(
      SessionCookie cookie, HttpServerRequest request, IdentityProviderManager identities) {
    if (!SafeMethods.contain(request.method()) && !isOfConsole(cookie, request)) {
      return Uni.createFrom()
          .failure(
              new ProblemException(
                  ProblemCode.FOREIGN_BROWSER_REQUEST,
                  "what changes something by a session's cookie comes from the console's page, and"
                      + " says its token as "
                      + CSRF_HEADER));
    }
    return identities
        .authenticate(new CredentialRequest(cookie))
        .onFailure(AuthenticationFailedException.class)
        .recoverWithNull()
        .emitOn(new SameContext());
  }

  /// Any page can have a browser send the cookie. Browsers say from where, and those from elsewhere
  /// were refused already; and no page but ours knows the token.
  private static boolean isOfConsole(SessionCookie cookie, HttpServerRequest request) {
    boolean saysFromWhere =
        request.headers().contains("Origin") || request.headers().contains("Sec-Fetch-Site");
    return saysFromWhere && cookie.isCsrfToken(request.getHeader(CSRF_HEADER));
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
            "send Authorization: Bearer with a token or a key, or a key as Basic's password"),
        context.response());
    return Uni.createFrom().item(true);
  }

  @Override
  public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
    return Set.of(CredentialRequest.class);
  }
}
