package io.holdfast.server.oidc;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An address that secrets may be sent to: https, or this machine. Loopback is told by its
/// spelling, since a name could be looked up as something else the next time.
final class TrustedAddress {
  private static final int MAX_PORT = 65_535;
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]", Pattern.CASE_INSENSITIVE);

  private TrustedAddress() {}

  /// @throws IllegalArgumentException with what it must be
  static URI parse(String text) {
    URI address = uri(text);
    String host = address == null ? null : address.getHost();
    if (address == null || host == null || !isTrusted(address.getScheme(), host)) {
      throw new IllegalArgumentException("must be https://..., or http://localhost...");
    }
    if (address.getPort() > MAX_PORT) {
      throw new IllegalArgumentException("must have a port of 65535 at most");
    }
    if (address.getRawUserInfo() != null || address.getRawFragment() != null) {
      throw new IllegalArgumentException("must have neither a user nor a fragment");
    }
    return address;
  }

  private static boolean isTrusted(@Nullable String scheme, String host) {
    return switch (String.valueOf(scheme).toLowerCase(Locale.ROOT)) {
      case "https" -> true;
      case "http" -> LOOPBACK.matcher(host).matches();
      default -> false;
    };
  }

  private static @Nullable URI uri(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
