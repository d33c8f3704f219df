package io.holdfast.stock.audit;

import io.holdfast.stock.AuditSettings;
import io.holdfast.stock.StockVerifier.Difference;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.background.Lender;
import io.holdfast.stock.background.Pace;
import io.holdfast.stock.store.Borrowed;
import io.holdfast.stock.store.RoundTrip;
import io.holdfast.stock.store.Snapshot;
import io.holdfast.stock.store.SnapshotReader;
import io.holdfast.stock.store.SqlFault;
import io.holdfast.stock.store.Transactions;
import io.holdfast.stock.verify.LevelNameCheck;
import io.holdfast.stock.verify.ReservationCheck;
import io.holdfast.stock.verify.TallyCheck;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// One round through one tenant: stage after stage and step after step, each step in a transaction
/// of one snapshot, with a rest after it.
///
/// Running sales never look like a difference, since what one transaction has written is in a
/// snapshot as a whole or not at all. All the same a level is looked at once more, with its row
/// locked, before it is quarantined.
final class TenantAudit {
  private static final System.Logger LOG = System.getLogger(TenantAudit.class.getName());
  private static final Duration KEEP_AFTER = Audits.HOLD.dividedBy(4);

  private final Lender lender;
  private final AuditSettings settings;
  private final Pace pace;
  private final TenantId tenant;
  private final UUID holder;
  private final Findings findings = new Findings();
  private final Set<LevelName> suspected = new LinkedHashSet<>();
  private final Suspects suspects;
  private long keptNanos = System.nanoTime();

  TenantAudit(Lender lender, AuditSettings settings, Pace pace, TenantId tenant, UUID holder) {
    this.lender = lender;
    this.settings = settings;
    this.pace = pace;
    this.tenant = tenant;
    this.holder = holder;
    this.suspects = new Suspects(settings, tenant);
  }

  /// Answers whether it was done to its end: false when the auditor is to stop, or somebody else
  /// has the tenant by now.
  ///
  /// @param isFull whether to recompute everything
  boolean run(boolean isFull) throws SQLException {
    long begunNanos = System.nanoTime();
    boolean isCompleted = false;
    try {
      Instant begun = clock();
      LevelWalk walk = walk(isFull, begun);
      LevelStage levels = new LevelStage(walk, settings.rowsPerStep());
      if (areDone(stages(walk, levels))) {
        complete(levels.levels(), isFull, begun);
        isCompleted = true;
        Duration took = Duration.ofNanos(System.nanoTime() - begunNanos);
        settings.observer().tenantAudited(tenant, levels.levels(), isFull, took);
      }
      return isCompleted;
    } finally {
      if (!isCompleted) {
        giveBack();
      }
    }
  }

  private LevelWalk walk(boolean isFull, Instant begun) {
    TransferSums transfers =
        isFull ? new TransferSums(tenant, begun, findings::add) : TransferSums.ofNothing(tenant);
    return new LevelWalk(tenant, isFull, findings::add, suspected::add, transfers);
  }

  private List<Stage> stages(LevelWalk walk, LevelStage levels) {
    List<Stage> stages = new ArrayList<>();
    stages.add(new QuarantineStage(tenant, findings::add));
    stages.add(levels);
    stages.add(new ReservedStage(tenant, suspected::add));
    stages.add(new LostLevelStage(walk, settings.rowsPerStep()));
    if (walk.isFull()) {
      stages.addAll(slowStages());
    }
    return stages;
  }

  /// What is so whatever is sold, and is looked at in full rounds only. A customer or a reservation
  /// is several rows.
  private List<Stage> slowStages() {
    int rows = settings.rowsPerStep();
    int few = Math.max(1, rows / 4);
    return List.of(
        new LevelNameCheck(tenant, rows, findings::add)::step,
        new TallyCheck(tenant, few, findings::add)::step,
        new ReservationCheck(tenant, few, findings::add)::step,
        new SealStage(tenant, rows, findings::add),
        new CheckpointStage(tenant, settings.checkpoints(), findings::add));
  }

  private boolean areDone(List<Stage> stages) throws SQLException {
    for (Stage stage : stages) {
      boolean isMore = true;
      while (isMore) {
        long begun = System.nanoTime();
        isMore = step(stage);
        lookAtSuspects();
        long rest = pace.restNanos(System.nanoTime() - begun);
        if (!isKeptOver(rest) || !pace.rest(rest)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean step(Stage stage) throws SQLException {
    try (Borrowed borrowed = lender.connection()) {
      Connection connection = borrowed.connection();
      try (Snapshot snapshot = Snapshot.begin(connection, tenant)) {
        limit(connection);
        boolean isMore = stage.step(connection);
        List<Difference> news = findings.note(connection, tenant);
        snapshot.commit();
        tell(news);
        return isMore;
      }
    }
  }

  /// Rows are reached by their keys, also on a database that was never analysed.
  private void limit(Connection connection) throws SQLException {
    try (RoundTrip trip = new RoundTrip(connection)) {
      Transactions.limit(trip, settings.statementTimeout());
      trip.add(SnapshotReader.PLANS_FIX);
      trip.send();
    }
  }

  /// One that somebody holds is left to the next round.
  private void lookAtSuspects() throws SQLException {
    for (LevelName level : suspected) {
      try (Borrowed borrowed = lender.connection()) {
        switch (suspects.look(borrowed.connection(), level)) {
          case Suspects.Verdict.Nothing() -> {}
          case Suspects.Verdict.Quarantined(String reason) -> {
            LOG.log(
                System.Logger.Level.ERROR,
                "Quarantined " + level + " of " + tenant + ": " + reason);
            settings.observer().quarantined(tenant, level.toString(), reason);
          }
          case Suspects.Verdict.Found(Difference difference) -> findings.add(difference);
        }
      } catch (SQLException e) {
        if (SqlFault.of(e) != SqlFault.ROW_HELD) {
          throw e;
        }
      }
    }
    suspected.clear();
  }

  /// Says that the tenant is still held, where what was said would not last over the rest and a
  /// step.
  private boolean isKeptOver(long restNanos) throws SQLException {
    long now = System.nanoTime();
    if (now - keptNanos + restNanos < KEEP_AFTER.toNanos()) {
      return true;
    }
    keptNanos = now + restNanos;
    return keepFor(Audits.HOLD.plusNanos(restNanos));
  }

  private boolean keepFor(Duration hold) throws SQLException {
    try (Borrowed borrowed = lender.transaction(tenant)) {
      boolean isKept = Audits.keep(borrowed.connection(), tenant, holder, hold);
      borrowed.connection().commit();
      return isKept;
    }
  }

  /// Or else nobody audits it until the hold is over.
  private void giveBack() {
    try {
      keepFor(Duration.ZERO);
    } catch (SQLException | RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "could not give a tenant back", e);
    }
  }

  private void complete(long levels, boolean isFull, Instant begun) throws SQLException {
    try (Borrowed borrowed = lender.transaction(tenant)) {
      Connection connection = borrowed.connection();
      List<Difference> news = findings.note(connection, tenant);
      if (isFull) {
        Findings.forget(connection, tenant, begun);
      }
      Audits.complete(connection, tenant, holder, levels, isFull);
      connection.commit();
      tell(news);
    }
  }

  private Instant clock() throws SQLException {
    try (Borrowed borrowed = lender.connection();
        RoundTrip trip = new RoundTrip(borrowed.connection())) {
      trip.add(Transactions.CLOCK_READ);
      trip.send();
      return Transactions.clock(trip);
    }
  }

  private void tell(List<Difference> news) {
    for (Difference difference : news) {
      LOG.log(System.Logger.Level.WARNING, "Found of " + tenant + ": " + difference);
      settings.observer().found(tenant, difference);
    }
  }
}
