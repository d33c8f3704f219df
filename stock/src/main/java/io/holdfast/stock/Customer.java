package io.holdfast.stock;

/// Who a reservation is for, in the caller's own words: 1 to 200 characters.
public record Customer(String reference) implements Comparable<Customer> {
  /// Of a reference, in UTF-16 units.
  public static final int MAX_LENGTH = 200;

  public Customer {
    Text.checked("customer", reference, MAX_LENGTH);
  }

  @Override
  public int compareTo(Customer other) {
    return reference.compareTo(other.reference);
  }
}
