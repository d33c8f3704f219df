package io.holdfast.stock.archive;

import io.holdfast.stock.ArchiveSettings;
import io.holdfast.stock.RetentionView.Archived;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.background.Lender;
import io.holdfast.stock.background.Pace;
import io.holdfast.stock.store.Borrowed;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/// Goes through one tenant once: step after step, each a transaction with a rest after it. A step
/// moves rows and counts them, or does neither.
///
/// Keys, reservations and each level's movements are taken in the order of time: a pass that is cut
/// short has moved the oldest.
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

  /// Answers whether it was done to its end: false when it is to stop, or something failed. What
  /// failed keeps nothing else waiting.
  ///
  /// @param failed told of what is left to the next pass
  boolean run(Consumer<Exception> failed) throws SQLException {
    boolean isWhole = attempt(this::keys, failed);
    isWhole &= attempt(this::reservations, failed);
    isWhole &= movements(failed);
    if (isWhole) {
      step(
          transaction -> {
            Archives.complete(transaction, tenant);
            return false;
          });
    }
    return isWhole;
  }

  @FunctionalInterface
  private interface Stage {
    /// Answers false when it is to stop.
    boolean run() throws SQLException;
  }

  private boolean attempt(Stage stage, Consumer<Exception> failed) {
    try {
      return pace.rest(0) && stage.run();
    } catch (SQLException | RuntimeException e) {
      failed.accept(e);
      return false;
    }
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
          count(transaction, new Archived(moved, 0, 0));
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
            count(transaction, new Archived(0, page.moved(), 0));
            reservations += page.moved();
            cursor = page.last();
            return page.seen() == atMost;
          }
        });
  }

  private boolean movements(Consumer<Exception> failed) throws SQLException {
    List<Archives.Level> due = new ArrayList<>();
    if (!attempt(() -> findLevels(due), failed)) {
      return false;
    }
    boolean isWhole = true;
    for (Archives.Level level : due) {
      isWhole &= attempt(() -> movements(level), failed);
    }
    return isWhole;
  }

  private boolean findLevels(List<Archives.Level> due) throws SQLException {
    return repeat(
        new Step() {
          private Archives.Level cursor = Archives.Level.FIRST;

          @Override
          public boolean take(Connection transaction) throws SQLException {
            int atMost = settings.rowsPerStep();
            List<Archives.Level> page = Archives.levels(transaction, tenant, cursor, atMost);
            page.stream().filter(Archives.Level::isDue).forEach(due::add);
            cursor = page.isEmpty() ? cursor : page.getLast();
            return page.size() == atMost;
          }
        });
  }

  private boolean movements(Archives.Level level) throws SQLException {
    return repeat(
        transaction -> {
          long moved = Archives.movements(transaction, tenant, level, settings.rowsPerStep());
          count(transaction, new Archived(0, 0, moved));
          movements += moved;
          return moved == settings.rowsPerStep();
        });
  }

  private void count(Connection transaction, Archived moved) throws SQLException {
    if (!moved.equals(Archived.NOTHING)) {
      Archives.count(transaction, tenant, moved);
    }
  }
}
