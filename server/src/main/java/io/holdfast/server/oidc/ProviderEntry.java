package io.holdfast.server.oidc;

import io.holdfast.server.account.Newcomers;
import java.net.URI;

/// A provider as a section of the node's file describes it; whether there is such a tenant, the
/// file does not know.
///
/// @param line where its section begins, counted from 1
/// @param name what people know it by
/// @param issuer what it calls itself, to the letter
/// @param newcomers what becomes of people whom it vouches for the first time
public record ProviderEntry(
    int line,
    String tenantSlug,
    String name,
    String issuer,
    String clientId,
    ClientSecret clientSecret,
    Newcomers newcomers) {
  private static final String DOCUMENT = "/.well-known/openid-configuration";

  /// Where it describes itself.
  URI document() {
    String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    return URI.create(base + DOCUMENT);
  }
}
