package io.holdfast.server.payment;

/// By which a provider knows a tenant. It is told to nobody else, and to no log.
record SecretKey(String text) {
  private static final int SHOWN = 4;

  /// What tells it from another one.
  static String last(String text) {
    return text.substring(Math.max(0, text.length() - SHOWN));
  }

  @Override
  public String toString() {
    return "..." + last(text);
  }
}
