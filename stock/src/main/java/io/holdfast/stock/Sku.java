package io.holdfast.stock;

/// The name of an item, unique within its tenant and never given to another item: 1 to 64
/// characters, none of them a control character or one that can't be seen, no space at either end;
/// not `.` or `..`, which no address can name.
public record Sku(String value) implements Comparable<Sku> {
  /// In characters of Unicode.
  public static final int MAX_LENGTH = 64;

  public Sku {
    Text.checked("sku", value, MAX_LENGTH);
    if (!value.equals(value.strip())) {
      throw new IllegalArgumentException("sku must not begin or end with a space");
    }
    if (value.codePoints().anyMatch(point -> Character.getType(point) == Character.FORMAT)) {
      throw new IllegalArgumentException("sku must not contain characters that can't be seen");
    }
    if (value.equals(".") || value.equals("..")) {
      throw new IllegalArgumentException("sku must not be a dot or two");
    }
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
