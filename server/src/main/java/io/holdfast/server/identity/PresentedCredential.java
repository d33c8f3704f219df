package io.holdfast.server.identity;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/// The credential in an Authorization header: `Bearer` with a key or an access token, or `Basic`
/// with any name and the key as the password, so that a browser can look.
final class PresentedCredential {
  private PresentedCredential() {}

  static Optional<Credential> in(String authorization) {
    int space = authorization.indexOf(' ');
    if (space < 0) {
      return Optional.empty();
    }
    String credentials = authorization.substring(space + 1).strip();
    return switch (authorization.substring(0, space).toLowerCase(Locale.ROOT)) {
      case "bearer" ->
          ApiKey.parse(credentials)
              .<Credential>map(key -> key)
              .or(() -> AccessToken.parse(credentials));
      case "basic" -> password(credentials).flatMap(ApiKey::parse);
      default -> Optional.empty();
    };
  }

  private static Optional<String> password(String credentials) {
    try {
      String pair = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0 ? Optional.empty() : Optional.of(pair.substring(colon + 1));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
