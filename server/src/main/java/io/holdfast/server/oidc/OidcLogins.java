package io.holdfast.server.oidc;

import io.holdfast.server.account.VouchedLogins;
import io.holdfast.server.account.VouchedPerson;
import io.holdfast.server.identity.SessionCookie;
import io.holdfast.server.identity.TenantAtTheDoor;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;
import io.holdfast.stock.TenantId;
import jakarta.inject.Singleton;
import jakarta.ws.rs.NotFoundException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;

/// Sends browsers away to log in, and lets in who comes back: the authorization code flow of OpenID
/// Connect, with PKCE. Whatever a browser brings back means nothing until it is known to be the one
/// that was sent away.
@Singleton
final class OidcLogins {
  private final Providers providers;
  private final Jdbi database;
  private final VouchedLogins logins;
  private final InstantSource clock = InstantSource.system();
  private final SecureRandom randomness = new SecureRandom();

  OidcLogins(Providers providers, Jdbi database, VouchedLogins logins) {
    this.providers = providers;
    this.database = database;
    this.logins = logins;
  }

  /// @param cookie what the browser is to keep until it comes back
  record Sent(URI address, String cookie) {}

  Sent begin(String tenantSlug) {
    Provider provider = provider(tenantSlug);
    requireTenant(tenantSlug);
    PendingLogin login = PendingLogin.begin(tenantSlug, randomness, clock.instant());
    return new Sent(provider.authorizationOf(login), login.cookie());
  }

  /// @param address of whoever comes back
  SessionCookie end(String tenantSlug, Returned returned, String address) {
    Provider provider = provider(tenantSlug);
    TenantId tenant = requireTenant(tenantSlug);
    PendingLogin login = requireSentAway(tenantSlug, returned);
    provider.requireSender(returned.issuer());
    returned
        .error()
        .ifPresent(
            error -> {
              throw refused(
                  provider.name()
                      + " says: "
                      + ProviderError.told(error, returned.errorDescription()));
            });
    String code = returned.code().orElseThrow(() -> refused("you came back without a code"));
    VouchedPerson person = provider.redeem(code, login);
    return logins.letIn(tenant, person, provider.newcomers(), address);
  }

  private Provider provider(String tenantSlug) {
    return providers.of(tenantSlug).orElseThrow(NotFoundException::new);
  }

  private TenantId requireTenant(String tenantSlug) {
    return TenantAtTheDoor.named(database, tenantSlug).orElseThrow(NotFoundException::new);
  }

  private PendingLogin requireSentAway(String tenantSlug, Returned returned) {
    return PendingLogin.ofCookie(tenantSlug, returned.cookie(), clock.instant())
        .filter(login -> returned.state().filter(login::isOf).isPresent())
        .orElseThrow(
            () ->
                refused(
                    "it was not begun in this browser, or more than %d minutes ago; begin again"
                        .formatted(PendingLogin.LIFE.toMinutes())));
  }

  private static ProblemException refused(String why) {
    return new ProblemException(ProblemCode.LOGIN_REFUSED, why);
  }
}
