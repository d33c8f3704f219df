package io.holdfast.server.catalog;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/// Where a picture of an item is: an address of the web of at most 2,000 characters, without a
/// password.
public record Picture(String address) {
  static final int MAX_LENGTH = 2_000;
  private static final Set<String> SCHEMES = Set.of("http", "https");

  public Picture {
    PlainText.line("picture", address, MAX_LENGTH);
    if (!isOfTheWeb(address)) {
      throw new IllegalArgumentException(
          "picture must be an address that begins with https:// or http://");
    }
  }

  private static boolean isOfTheWeb(String address) {
    try {
      URI uri = new URI(address);
      return uri.getScheme() != null
          && SCHEMES.contains(uri.getScheme().toLowerCase(Locale.ROOT))
          && uri.getHost() != null
          && uri.getUserInfo() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
