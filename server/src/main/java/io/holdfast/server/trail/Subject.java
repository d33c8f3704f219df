package io.holdfast.server.trail;

/// What a change or a refusal was about.
///
/// @param kind one of a few words, like `location`
/// @param name of the thing among those of its kind
public record Subject(String kind, String name) {
  private static final int MAX_LENGTH = 1_000;

  public Subject {
    if (kind.isEmpty() || name.isEmpty() || name.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("a subject has a kind and a name, and no endless one");
    }
  }

  public static Subject item(String sku) {
    return new Subject("item", sku);
  }

  public static Subject reservation(String id) {
    return new Subject("reservation", id);
  }

  public static Subject order(String id) {
    return new Subject("order", id);
  }

  /// Of something that a tenant has once.
  public static Subject only(String kind) {
    return new Subject(kind, kind);
  }
}
