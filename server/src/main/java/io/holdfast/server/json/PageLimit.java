package io.holdfast.server.json;

/// The parameter `limit` of an address that answers page by page.
public final class PageLimit {
  private PageLimit() {}

  public static int of(String text, int max) {
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= max) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new InvalidMember("limit", "must be a whole number between 1 and " + max);
  }
}
