package io.holdfast.proof.checker;

/// What happened to one level, or to an item of which nobody said where it lies: an entry of the
/// ledger that the answers make.
///
/// @param deed what did it, or after what it came about by itself
/// @param reservation for which it was done; empty if for none
record Entry(
    Deed deed,
    String reservation,
    Place place,
    long onHandChange,
    long reservedChange,
    Bounds when,
    Cause cause) {

  enum Cause {
    /// An answer says so.
    TOLD,
    /// An older reservation gave way to the one that was told of.
    GIVEN_WAY,
    /// Nobody did it: its time was up.
    EXPIRED
  }

  /// How much less is available by it.
  long taken() {
    return reservedChange - onHandChange;
  }

  /// How much less lies there by it.
  long gone() {
    return -onHandChange;
  }
}
