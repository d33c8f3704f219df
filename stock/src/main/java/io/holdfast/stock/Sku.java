package io.holdfast.stock;

/// The name of an item, unique within its tenant and never given to another item: 1 to 64
/// characters, none of them a control character, no space at either end.
public record Sku(String value) implements Comparable<Sku> {
  public static final int MAX_LENGTH = 64;

  public Sku {
    Text.checked("sku", value, MAX_LENGTH);
    if (!value.equals(value.strip())) {
      throw new IllegalArgumentException("sku must not begin or end with a space");
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
