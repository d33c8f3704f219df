package io.holdfast.server.json;

/// A parameter of an address that is `true` or `false`.
public final class YesOrNo {
  private YesOrNo() {}

  public static boolean of(String name, String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new InvalidMember(name, "must be true or false");
    };
  }
}
