package io.holdfast.stock.store;

/// What a write says of the lock outside of the database under which it was decided.
///
/// @param mark what it leaves on the row, unless that has a newer one
/// @param newest the newest mark that it writes over; a row with a newer one is left alone
public record Fencing(long mark, long newest) {
  /// Of a write that knows no such lock: it looks at no mark and leaves each as it is.
  public static final Fencing NONE = new Fencing(0, Long.MAX_VALUE);

  public static Fencing by(long token) {
    return new Fencing(token, token);
  }
}
