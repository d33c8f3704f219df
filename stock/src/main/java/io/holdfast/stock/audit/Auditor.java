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
import io.holdfast.stock.background.Rounds;
import io.holdfast.stock.background.Tour;
import io.holdfast.stock.store.Borrowed;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/// Looks at the schema, and then at each tenant whose turn it is and that nobody else has.
public final class Auditor implements Tour {
  private final AuditSettings settings;
  private final Lender lender;
  private final Pace pace;
  private final UUID holder = UUID.randomUUID();
  private final StockVerifier verifier = StockVerifier.create();
  private final StockCheckpoints checkpoints = StockCheckpoints.create();
  private List<Difference> schema = List.of();

  private Auditor(Rounds rounds, AuditSettings settings) {
    this.settings = settings;
    this.lender = rounds.lender();
    this.pace = rounds.pace();
  }

  public static StockAuditor start(DataSource database, AuditSettings settings) {
    Rounds rounds = new Rounds("auditor", database, settings, settings.observer()::failed);
    return rounds.start(new Auditor(rounds, settings))::run;
  }

  @Override
  public List<TenantId> begin() throws SQLException {
    schema = schemaDifferences();
    try (Borrowed borrowed = lender.transaction()) {
      return Audits.tenants(borrowed.connection());
    }
  }

  @Override
  public void visit(TenantId tenant) throws SQLException {
    Optional<Boolean> isFull = take(tenant);
    if (isFull.isPresent()
        && new TenantAudit(lender, settings, pace, tenant, holder).run(isFull.get())
        && settings.checkpoints().isPresent()) {
      state(tenant, settings.checkpoints().get());
    }
  }

  @Override
  public void end() throws SQLException {
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

  private AuditStanding standing() throws SQLException {
    try (Borrowed borrowed = lender.transaction()) {
      return Audits.standing(borrowed.connection());
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
}
