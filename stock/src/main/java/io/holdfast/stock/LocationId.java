package io.holdfast.stock;

/// A place where stock lies, named within its tenant by 1 to 64 characters, none of them a control
/// character or one that can't be seen, no space at either end; not `.` or `..`, which no address
/// can name.
public record LocationId(String value) implements Comparable<LocationId> {
  /// In characters of Unicode.
  public static final int MAX_LENGTH = 64;

  /// Where stock lies when nobody says otherwise.
  public static final LocationId MAIN = new LocationId("main");

  public LocationId {
    Text.checkedName("location", value, MAX_LENGTH);
  }

  @Override
  public int compareTo(LocationId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
