package io.holdfast.server.webhook;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/// Where a webhook's events are sent to: an address of http or https, with nothing in it that would
/// have to be kept secret.
record WebhookUrl(URI uri) {
  static final int MAX_LENGTH = 2_000;
  private static final int HTTPS_PORT = 443;
  private static final int HTTP_PORT = 80;
  private static final int MAX_PORT = 65_535;

  /// @throws IllegalArgumentException saying what it must be
  static WebhookUrl parse(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("must have at most " + MAX_LENGTH + " characters");
    }
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("is no address: " + e.getReason(), e);
    }
    String scheme = uri.getScheme();
    if (!"https".equals(scheme) && !"http".equals(scheme)) {
      throw new IllegalArgumentException("must begin with https:// or http://");
    }
    if (uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > MAX_PORT) {
      throw new IllegalArgumentException("must have a host, and a port that can be");
    }
    if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("must have neither a user nor a fragment");
    }
    return new WebhookUrl(uri);
  }

  boolean isSecure() {
    return uri.getScheme().equals("https");
  }

  /// As a name is looked up: an address of IPv6 without brackets.
  String host() {
    return uri.getHost().toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", "");
  }

  int port() {
    if (uri.getPort() > 0) {
      return uri.getPort();
    }
    return isSecure() ? HTTPS_PORT : HTTP_PORT;
  }

  /// What is asked for there.
  String target() {
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }
}
