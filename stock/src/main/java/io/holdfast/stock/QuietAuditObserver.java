package io.holdfast.stock;

import io.holdfast.stock.StockVerifier.Difference;
import java.time.Duration;
import java.util.List;

/// Keeps what an observer throws from ending an audit.
final class QuietAuditObserver implements AuditObserver {
  private static final System.Logger LOG = System.getLogger(AuditObserver.class.getName());

  private final AuditObserver observer;

  private QuietAuditObserver(AuditObserver observer) {
    this.observer = observer;
  }

  static AuditObserver of(AuditObserver observer) {
    return observer instanceof QuietAuditObserver ? observer : new QuietAuditObserver(observer);
  }

  @Override
  public void tenantAudited(TenantId tenant, long levels, boolean isFull, Duration took) {
    Quietly.tell(LOG, () -> observer.tenantAudited(tenant, levels, isFull, took));
  }

  @Override
  public void roundEnded(List<Difference> schema, AuditStanding standing) {
    Quietly.tell(LOG, () -> observer.roundEnded(schema, standing));
  }

  @Override
  public void found(TenantId tenant, Difference difference) {
    Quietly.tell(LOG, () -> observer.found(tenant, difference));
  }

  @Override
  public void quarantined(TenantId tenant, String level, String reason) {
    Quietly.tell(LOG, () -> observer.quarantined(tenant, level, reason));
  }

  @Override
  public void stated(Checkpoint checkpoint) {
    Quietly.tell(LOG, () -> observer.stated(checkpoint));
  }

  @Override
  public void failed(Exception why) {
    Quietly.tell(LOG, () -> observer.failed(why));
  }
}
