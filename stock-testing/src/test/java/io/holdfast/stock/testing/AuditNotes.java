package io.holdfast.stock.testing;

import io.holdfast.stock.AuditObserver;
import io.holdfast.stock.AuditSettings;
import io.holdfast.stock.AuditStanding;
import io.holdfast.stock.Checkpoint;
import io.holdfast.stock.StockAuditor;
import io.holdfast.stock.StockVerifier.Difference;
import io.holdfast.stock.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.sql.DataSource;

/// Takes down what an auditor tells.
final class AuditNotes implements AuditObserver {
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<Audit> audits = new CopyOnWriteArrayList<>();
  private final List<Difference> found = new CopyOnWriteArrayList<>();
  private final List<String> quarantined = new CopyOnWriteArrayList<>();
  private final List<Checkpoint> stated = new CopyOnWriteArrayList<>();
  private final List<Exception> failed = new CopyOnWriteArrayList<>();
  private final List<Round> rounds = new CopyOnWriteArrayList<>();

  record Audit(TenantId tenant, long levels, boolean isFull) {}

  record Round(List<Difference> schema, AuditStanding standing) {}

  /// Lets an auditor audit the tenant, once or a little more, or fail at it; answers what it had to
  /// tell.
  static AuditNotes of(DataSource database, AuditSettings settings, TenantId tenant) {
    AuditNotes notes = new AuditNotes();
    try (StockAuditor _ = StockAuditor.open(database, settings.with().observer(notes).build())) {
      Await.until(PATIENCE, () -> notes.isAudited(tenant) || !notes.failed.isEmpty());
    }
    return notes;
  }

  private boolean isAudited(TenantId tenant) {
    return !audits(tenant).isEmpty() && !rounds.isEmpty();
  }

  List<Audit> audits(TenantId tenant) {
    return audits.stream().filter(audit -> audit.tenant.equals(tenant)).toList();
  }

  /// The rows that something was found of, those of quarantined levels included.
  List<String> rows() {
    return Stream.concat(found.stream().map(Difference::row), quarantined.stream()).toList();
  }

  List<String> checks() {
    return found.stream().map(Difference::check).toList();
  }

  List<String> quarantined() {
    return quarantined;
  }

  List<Checkpoint> stated() {
    return stated;
  }

  List<Exception> failed() {
    return failed;
  }

  List<Round> rounds() {
    return rounds;
  }

  @Override
  public void tenantAudited(TenantId tenant, long levels, boolean isFull, Duration took) {
    audits.add(new Audit(tenant, levels, isFull));
  }

  @Override
  public void roundEnded(List<Difference> schema, AuditStanding standing) {
    rounds.add(new Round(schema, standing));
  }

  @Override
  public void found(TenantId tenant, Difference difference) {
    found.add(difference);
  }

  @Override
  public void quarantined(TenantId tenant, String level, String reason) {
    quarantined.add(level + ": " + reason);
  }

  @Override
  public void stated(Checkpoint checkpoint) {
    stated.add(checkpoint);
  }

  @Override
  public void failed(Exception why) {
    failed.add(why);
  }
}
