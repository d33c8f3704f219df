package io.holdfast.stock.audit;

/// Which level, by names as they stand in the rows: also such as the application would never have
/// written.
record LevelName(String sku, String location) {
  static final LevelName FIRST = new LevelName("", "");

  @Override
  public String toString() {
    return sku + "/" + location;
  }
}
