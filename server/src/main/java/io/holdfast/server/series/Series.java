package io.holdfast.server.series;

/// What has numbers of its own.
public enum Series {
  ORDERS("orders", "SO-{yyyy}-{000000}");

  private final String code;
  private final String usual;

  Series(String code, String usual) {
    this.code = code;
    this.usual = usual;
  }

  /// As it stands in rows and addresses.
  public String code() {
    return code;
  }

  /// The pattern of a tenant that has chosen none.
  NumberPattern usual() {
    return new NumberPattern(usual);
  }
}
