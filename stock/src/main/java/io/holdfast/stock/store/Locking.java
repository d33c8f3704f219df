package io.holdfast.stock.store;

/// How a transaction keeps others out between its reading and its writing.
public enum Locking {
  /// Locks every row on reading, waiting for those that somebody else holds up to the lock timeout.
  WAIT(Isolation.READ_COMMITTED),
  /// Locks the rows that nobody holds, and says which were held.
  SKIP_HELD(Isolation.READ_COMMITTED),
  /// Locks every row on reading, in a transaction that the database promises to end if it could not
  /// have run alone.
  SERIALIZABLE(Isolation.SERIALIZABLE),
  /// Locks nothing on reading, and writes a row only if it still has the version that was read. All
  /// that is read is of one moment.
  VERSION(Isolation.REPEATABLE_READ),
  /// The same behind a lock outside of the database: writes a row only if, moreover, no newer token
  /// of that lock was seen on it.
  FENCE(Isolation.REPEATABLE_READ),
  /// Locks a reservation on reading, and a level by an update that holds only where enough is
  /// there: what was read of it before is not needed.
  GUARD(Isolation.READ_COMMITTED),
  /// Locks nothing and checks nothing: what is read may be outdated before it is used.
  NONE(Isolation.READ_COMMITTED);

  /// Of a transaction, as PostgreSQL names them.
  enum Isolation {
    READ_COMMITTED,
    REPEATABLE_READ,
    SERIALIZABLE
  }

  private final Isolation isolation;

  Locking(Isolation isolation) {
    this.isolation = isolation;
  }

  /// Whether a row that somebody else holds is met before anything is decided.
  public boolean waitsOnReading() {
    return switch (this) {
      case WAIT, SERIALIZABLE, GUARD -> true;
      case SKIP_HELD, VERSION, FENCE, NONE -> false;
    };
  }

  /// Whether a row that somebody else holds is met only when it is written.
  public boolean waitsOnWriting() {
    return switch (this) {
      case VERSION, FENCE, NONE -> true;
      case WAIT, SKIP_HELD, SERIALIZABLE, GUARD -> false;
    };
  }

  /// Whether what a statement reads may be of several moments: a row that it has waited for is
  /// newer than all others.
  public boolean mixesMoments() {
    return switch (this) {
      case WAIT, SKIP_HELD -> true;
      case SERIALIZABLE, VERSION, FENCE, GUARD, NONE -> false;
    };
  }

  Isolation isolation() {
    return isolation;
  }
}
