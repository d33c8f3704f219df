package io.holdfast.stock;

/// The name of an item, unique within its tenant and never given to another item: 1 to 64
/// characters, none of them a control character or one that can't be seen, no space at either end;
/// not `.` or `..`, which no address can name.
public record Sku(String value) implements Comparable<Sku> {
  /// In characters of Unicode.
  public static final int MAX_LENGTH = 64;

  public Sku {
    Text.checkedName("sku", value, MAX_LENGTH);
  }

  @Override
  public int compareTo(Sku other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
