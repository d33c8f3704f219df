package io.holdfast.stock.transaction;

import io.holdfast.stock.TenantId;
import io.holdfast.stock.store.CallersSession;
import io.holdfast.stock.store.RoundTrip;
import io.holdfast.stock.store.TransactionLimits;
import java.io.Serial;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A part of the caller's transaction, behind a savepoint that the first attempt sets. What it did
/// not [#keep] is undone when it is closed; in either case the session is left as it was.
final class CallersSavepoint implements Enclosure, AutoCloseable {
  private final Connection transaction;
  private final TenantId tenant;
  private final TransactionLimits limits;
  private final Deadline deadline;
  private @Nullable CallersSession session;
  private boolean isKept;

  CallersSavepoint(Connection transaction, TenantId tenant, TransactionLimits limits) {
    this.transaction = transaction;
    this.tenant = tenant;
    this.limits = limits;
    this.deadline = new Deadline(limits);
  }

  /// The caller's transaction has one snapshot for all of it, so what was waited for can't be read.
  static final class WrongIsolation extends IllegalArgumentException {
    @Serial private static final long serialVersionUID = 1L;

    private WrongIsolation(CallersSession session) {
      super(
          "transaction must be READ COMMITTED, but is "
              + session.isolation().toUpperCase(Locale.ROOT));
    }
  }

  @Override
  public Deadline deadline() {
    return deadline;
  }

  @Override
  public void begin(RoundTrip trip) {
    if (session == null) {
      CallersSession.enter(trip);
    }
    CallersSession.change(trip, tenant, limits.lock(), limits.statement());
  }

  @Override
  public void begun(RoundTrip trip) throws SQLException {
    if (session == null) {
      session = CallersSession.read(trip);
      checkIsolation(session);
    }
    trip.rows().close();
  }

  private static void checkIsolation(CallersSession session) {
    if (!session.isReadCommitted()) {
      throw new WrongIsolation(session);
    }
  }

  /// For an attempt that ended before it was known.
  void checkIsolation() throws SQLException {
    try (RoundTrip trip = new RoundTrip(transaction)) {
      CallersSession.ask(trip);
      trip.send();
      checkIsolation(CallersSession.read(trip));
    }
  }

  /// Undoes one attempt; another may follow.
  void goBack() throws SQLException {
    try (RoundTrip trip = new RoundTrip(transaction)) {
      CallersSession.goBack(trip);
      trip.send();
    }
  }

  /// Leaves what was written to the caller, to be committed or rolled back.
  void keep() throws SQLException {
    CallersSession before = Objects.requireNonNull(session, "nothing was attempted");
    try (RoundTrip trip = new RoundTrip(transaction)) {
      before.leave(trip);
      trip.send();
    }
    isKept = true;
  }

  @Override
  public void close() throws SQLException {
    if (!isKept) {
      try (RoundTrip trip = new RoundTrip(transaction)) {
        CallersSession.goBack(trip);
        CallersSession.release(trip);
        trip.send();
      }
    }
  }
}
