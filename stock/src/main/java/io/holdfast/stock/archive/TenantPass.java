package io.holdfast.stock.archive;

import io.holdfast.stock.ArchiveSettings;
import io.holdfast.stock.RetentionView.Archived;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.background.Lender;
import io.holdfast.stock.background.Pace;
import io.holdfast.stock.store.Borrowed;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/// Goes through one tenant once: step after step, each a transaction with a rest after it. A step
/// moves rows and counts them, or does neither.
///
/// Keys come before reservations and these before movements, and each of them in the order of time:
/// a pass that is cut short has moved the oldest.
final class TenantPass {
  private static final UUID FIRST_ID = new UUID(0, 0);

  private final Lender lender;
  private final ArchiveSettings settings;
  private final Pace pace;
  private final TenantId tenant;
  private long keys;
  private long reservations;
  private long movements;

  TenantPass(Lender lender, ArchiveSettings settings, Pace pace, TenantId tenant) {
    this.lender = lender;
    this.settings = settings;
    this.pace = pace;
    this.tenant = tenant;
  }

  Archived archived() {
    return new Archived(keys, reservations, movements);
  }

  /// Answers whether it was done to its end: false when it is to stop.
  boolean run() throws SQLException {
    if (keys() && reservations() && movements()) {
      step(
          transaction -> {
            Archives.complete(transaction, tenant);
            return false;
          });
      return true;
    }
    return false;
  }

  @FunctionalInterface
  private interface Step {
    /// Answers whether there may be more.
    boolean take(Connection transaction) throws SQLException;
  }

  /// Answers whether there may be more.
  private boolean step(Step step) throws SQLException {
    try (Borrowed borrowed = lender.transaction(tenant)) {
      boolean isMore = step.take(borrowed.connection());
      borrowed.connection().commit();
      return isMore;
    }
  }

  /// Answers false when it is to stop.
  private boolean repeat(Step step) throws SQLException {
    boolean isMore = true;
    while (isMore) {
      long begun = System.nanoTime();
      isMore = step(step);
      if (!pace.rest(pace.restNanos(System.nanoTime() - begun))) {
        return false;
      }
    }
    return true;
  }

  private boolean keys() throws SQLException {
    return repeat(
        transaction -> {
          long moved = Archives.keys(transaction, tenant, settings.rowsPerStep());
          Archives.count(transaction, tenant, new Archived(moved, 0, 0));
          keys += moved;
          return moved == settings.rowsPerStep();
        });
  }

  private boolean reservations() throws SQLException {
    return repeat(
        new Step() {
          private UUID cursor = FIRST_ID;

          @Override
          public boolean take(Connection transaction) throws SQLException {
            int atMost = settings.rowsPerStep();
            Archives.Moved page = Archives.reservations(transaction, tenant, cursor, atMost);
            Archives.count(transaction, tenant, new Archived(0, page.moved(), 0));
            reservations += page.moved();
            cursor = page.last();
            return page.seen() == atMost;
          }
        });
  }

  private boolean movements() throws SQLException {
    Archives.Level after = Archives.Level.FIRST;
    List<Archives.Level> levels = levels(after);
    while (!levels.isEmpty()) {
      for (Archives.Level level : levels) {
        if (level.isDue() && !movements(level)) {
          return false;
        }
      }
      levels = levels(levels.getLast());
      if (!pace.rest(0)) {
        return false;
      }
    }
    return true;
  }

  private List<Archives.Level> levels(Archives.Level after) throws SQLException {
    try (Borrowed borrowed = lender.transaction(tenant)) {
      return Archives.levels(borrowed.connection(), tenant, after, settings.rowsPerStep());
    }
  }

  private boolean movements(Archives.Level level) throws SQLException {
    return repeat(
        transaction -> {
          long moved = Archives.movements(transaction, tenant, level, settings.rowsPerStep());
          Archives.count(transaction, tenant, new Archived(0, 0, moved));
          movements += moved;
          return moved == settings.rowsPerStep();
        });
  }
}
