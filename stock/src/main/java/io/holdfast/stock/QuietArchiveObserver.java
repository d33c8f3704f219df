package io.holdfast.stock;

import io.holdfast.stock.RetentionView.Archived;
import java.time.Duration;

/// Keeps what an observer throws from ending a pass.
final class QuietArchiveObserver implements ArchiveObserver {
  private static final System.Logger LOG = System.getLogger(ArchiveObserver.class.getName());

  private final ArchiveObserver observer;

  private QuietArchiveObserver(ArchiveObserver observer) {
    this.observer = observer;
  }

  static ArchiveObserver of(ArchiveObserver observer) {
    return observer instanceof QuietArchiveObserver ? observer : new QuietArchiveObserver(observer);
  }

  @Override
  public void tenantArchived(TenantId tenant, Archived archived, Duration took) {
    Quietly.tell(LOG, () -> observer.tenantArchived(tenant, archived, took));
  }

  @Override
  public void failed(Exception why) {
    Quietly.tell(LOG, () -> observer.failed(why));
  }
}
