package io.holdfast.stock.audit;

import io.holdfast.stock.AuditSettings;
import io.holdfast.stock.AuditStanding;
import io.holdfast.stock.Checkpoint;
import io.holdfast.stock.CheckpointSchedule;
import io.holdfast.stock.StockAuditor;
import io.holdfast.stock.StockCheckpoints;
import io.holdfast.stock.StockVerifier;
import io.holdfast.stock.StockVerifier.Difference;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.background.Lender;
import io.holdfast.stock.background.Pace;
import io.holdfast.stock.store.Borrowed;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/// Round after round: the schema, then each tenant whose turn it is and that nobody else has. What
/// can't be looked at now, because the database is away or a statement took too long, is left to
/// the next round.
public final class Auditor implements StockAuditor {
  private static final System.Logger LOG = System.getLogger(Auditor.class.getName());

  /// How long a step may take to end by itself when the auditor is closed.
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final AuditSettings settings;
  private final Lender lender;
  private final UUID holder = UUID.randomUUID();
  private final Pace pace;
  private final StockVerifier verifier = StockVerifier.create();
  private final StockCheckpoints checkpoints = StockCheckpoints.create();
  private final Thread thread;

  public Auditor(DataSource database, AuditSettings settings) {
    this.settings = settings;
    this.lender = new Lender(database, settings.statementTimeout());
    this.pace = new Pace(settings.busyPercent());
    this.thread = Thread.ofPlatform().daemon().name("holdfast-auditor").start(this::run);
  }

  private void run() {
    do {
      try {
        round();
      } catch (SQLException | RuntimeException e) {
        failed("could not begin to audit, will try again", e);
      }
    } while (pace.rest(settings.interval().toNanos()));
  }

  private void round() throws SQLException {
    List<Difference> schema = schemaDifferences();
    for (TenantId tenant : tenants()) {
      try {
        audit(tenant);
      } catch (SQLException | RuntimeException e) {
        failed("could not audit " + tenant + ", will try again", e);
      }
      if (!pace.rest(0)) {
        return;
      }
    }
    settings.observer().roundEnded(schema, standing());
  }

  private List<Difference> schemaDifferences() throws SQLException {
    try (Borrowed borrowed = lender.transaction()) {
      List<Difference> differences = new ArrayList<>(verifier.verifySchema(borrowed.connection()));
      for (String description : settings.descriptions()) {
        differences.addAll(verifier.verifySchema(borrowed.connection(), description));
      }
      return differences;
    }
  }

  private List<TenantId> tenants() throws SQLException {
    try (Borrowed borrowed = lender.transaction()) {
      return Audits.tenants(borrowed.connection());
    }
  }

  private AuditStanding standing() throws SQLException {
    try (Borrowed borrowed = lender.transaction()) {
      return Audits.standing(borrowed.connection());
    }
  }

  private void audit(TenantId tenant) throws SQLException {
    Optional<Boolean> isFull = take(tenant);
    if (isFull.isPresent()
        && new TenantAudit(lender, settings, pace, tenant, holder).run(isFull.get())
        && settings.checkpoints().isPresent()) {
      state(tenant, settings.checkpoints().get());
    }
  }

  private Optional<Boolean> take(TenantId tenant) throws SQLException {
    try (Borrowed borrowed = lender.transaction(tenant)) {
      Connection connection = borrowed.connection();
      Optional<Boolean> isFull =
          Audits.take(connection, tenant, holder, settings.interval(), settings.fullInterval());
      connection.commit();
      return isFull;
    }
  }

  private void state(TenantId tenant, CheckpointSchedule schedule) throws SQLException {
    try (Borrowed borrowed = lender.transaction(tenant)) {
      Connection connection = borrowed.connection();
      if (Audits.isCheckpointDue(connection, tenant, schedule.interval())) {
        connection.rollback();
        Optional<Checkpoint> made = checkpoints.make(connection, tenant, schedule.key());
        made.ifPresent(checkpoint -> settings.observer().stated(checkpoint));
      }
    }
  }

  /// One line each time: while the database is away this comes every round.
  private void failed(String what, Exception why) {
    if (pace.rest(0)) {
      LOG.log(System.Logger.Level.WARNING, what + ": " + why);
      settings.observer().failed(why);
    }
    LOG.log(System.Logger.Level.DEBUG, what, why);
  }

  @Override
  public void close() {
    pace.stop();
    lender.awaitEnd(thread, PATIENCE);
  }
}
