package io.holdfast.server.oidc;

import java.net.URI;

/// Where people's browsers reach the nodes, as the operator says. Nothing is derived from what a
/// request calls its host: that is the sender's to choose.
///
/// @param origin scheme, host and port, without a slash at the end
public record PublicAddress(String origin) {

  /// @throws IllegalArgumentException with what it must be
  public static PublicAddress parse(String text) {
    URI address = TrustedAddress.parse(text);
    String path = address.getRawPath();
    if (!(path.isEmpty() || path.equals("/")) || address.getRawQuery() != null) {
      throw new IllegalArgumentException("must end behind the host or its port");
    }
    return new PublicAddress(address.getScheme() + "://" + address.getRawAuthority());
  }

  public boolean isSecure() {
    return origin.regionMatches(true, 0, "https:", 0, "https:".length());
  }

  /// Where everybody is sent who was let in, and nowhere else.
  String console() {
    return origin + "/console";
  }

  /// Where a tenant's provider sends people back to, an address for each tenant: what one provider
  /// was asked for, another one can't answer.
  String redirectUri(String tenantSlug) {
    return origin + OidcResource.PATH + "/" + tenantSlug + OidcResource.CALLBACK;
  }
}
