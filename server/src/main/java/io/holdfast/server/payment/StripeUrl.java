package io.holdfast.server.payment;

import java.net.URI;
import java.util.Set;

/// Where a Stripe-compatible API is. By http only at this machine, for tests and for a proxy.
public record StripeUrl(URI base) {
  public static final String USUAL = "https://api.stripe.com";

  private static final Set<String> HERE = Set.of("127.0.0.1", "localhost", "[::1]");

  public static StripeUrl parse(String text) {
    URI base = URI.create(text);
    String host = base.getHost();
    boolean isPlain = "http".equals(base.getScheme()) && HERE.contains(String.valueOf(host));
    if (host == null || !("https".equals(base.getScheme()) || isPlain)) {
      throw new IllegalArgumentException("must be an https address, or http at loopback");
    }
    String path = base.getPath();
    boolean isBare = path == null || path.isEmpty() || path.equals("/");
    if (!isBare || base.getQuery() != null || base.getUserInfo() != null) {
      throw new IllegalArgumentException("must have neither path nor query nor user");
    }
    return new StripeUrl(base.resolve("/"));
  }

  URI at(String path) {
    return base.resolve(path);
  }
}
