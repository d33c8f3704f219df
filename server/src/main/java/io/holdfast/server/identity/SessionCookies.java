package io.holdfast.server.identity;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The cookie as browsers keep it: for this host alone, out of reach of scripts, never sent along
/// from another site, not even with a link, which the console's page does not need: what it asks
/// for, it asks for itself.
///
/// @param isSecure whether browsers come by https. Its name then begins with `__Host-`, which a
///   browser takes from nobody else: neither from http nor from another name of the same domain
public record SessionCookies(boolean isSecure) {
  private static final String NAME = "holdfast";
  private static final String SECURE_NAME = "__Host-" + NAME;
  private static final String CLEARED = "=; Max-Age=0";

  String name() {
    return isSecure ? SECURE_NAME : NAME;
  }

  Optional<SessionCookie> in(HttpServerRequest request) {
    Cookie cookie = request.getCookie(name());
    return parsed(cookie == null ? null : cookie.getValue());
  }

  public Optional<SessionCookie> in(HttpHeaders headers) {
    jakarta.ws.rs.core.Cookie cookie = headers.getCookies().get(name());
    return parsed(cookie == null ? null : cookie.getValue());
  }

  private static Optional<SessionCookie> parsed(@Nullable String value) {
    return Optional.ofNullable(value).flatMap(SessionCookie::parse);
  }

  /// The header `Set-Cookie`. Without an end of its own: the browser's is sooner, and the node's
  /// limits hold whatever the browser does.
  public String set(SessionCookie cookie) {
    return name() + "=" + cookie.text() + attributes();
  }

  /// The header `Set-Cookie` by which the browser forgets it.
  public String clear() {
    return name() + CLEARED + attributes();
  }

  private String attributes() {
    return "; Path=/; HttpOnly; SameSite=Strict" + (isSecure ? "; Secure" : "");
  }
}
