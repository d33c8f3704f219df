package io.holdfast.proof.prove;

/// What is wrong with a [FakeShop].
enum Defect {
  NONE,
  /// Reads and writes with a gap between.
  NO_LOCK,
  /// `>` where `>=` belongs.
  LAST_ONE_KEPT,
  /// Every attempt counts.
  KEY_IGNORED,
  /// A key may come with another request.
  KEY_UNBOUND,
  /// Says yes and forgets some.
  FORGETFUL,
  /// Says no, and does it anyway some time later.
  LATE_EFFECT,
  /// Takes the lines that there are and refuses the order.
  PARTIAL,
  /// Keeps only the first line of an order that it accepted.
  HALF_KEPT,
  EXPIRES_EARLY,
  NEVER_EXPIRES,
  COMMITS_EXPIRED,
  /// Gives the stock of a committed reservation back when its time is up.
  EXPIRES_COMMITTED
}
