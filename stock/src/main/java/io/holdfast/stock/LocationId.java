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
    return value.equals(other.value) ? 0 : compareByCodePoint(value, other.value);
  }

  /// As the database sorts, which locks in its own order where a range is asked for: a surrogate
  /// stands for a code point behind all others.
  private static int compareByCodePoint(String one, String other) {
    for (int i = 0; i < Math.min(one.length(), other.length()); i++) {
      char a = one.charAt(i);
      char b = other.charAt(i);
      if (a != b) {
        boolean isSurrogate = Character.isSurrogate(a);
        if (isSurrogate == Character.isSurrogate(b)) {
          return Character.compare(a, b);
        }
        return isSurrogate ? 1 : -1;
      }
    }
    return Integer.compare(one.length(), other.length());
  }

  @Override
  public String toString() {
    return value;
  }
}
