package io.holdfast.stock;

import io.holdfast.stock.StockVerifier.Difference;
import java.time.Duration;
import java.util.List;

/// Told what an auditor does, for metrics and logs. Called on the auditor's thread. What it throws
/// is logged and changes nothing.
public interface AuditObserver {
  /// Takes no notice.
  AuditObserver NONE = new AuditObserver() {};

  /// A tenant was audited.
  ///
  /// @param levels how many stock levels it has
  /// @param isFull whether everything was recomputed
  /// @param took how long that was, the rests included
  default void tenantAudited(TenantId tenant, long levels, boolean isFull, Duration took) {}

  /// Every tenant whose turn it was has been audited, and the schema.
  ///
  /// @param schema how the schema differs from what it was when it was freshly migrated
  /// @param standing what the audits of all tenants have come to, those of other auditors as well
  default void roundEnded(List<Difference> schema, AuditStanding standing) {}

  /// Something was found that was not known before.
  default void found(TenantId tenant, Difference difference) {}

  /// A level was quarantined.
  ///
  /// @param level its sku and location, with a slash between them
  /// @param reason what is wrong with it, in words
  default void quarantined(TenantId tenant, String level, String reason) {}

  /// A checkpoint was made.
  default void stated(Checkpoint checkpoint) {}

  /// Something could not be looked at; the next round tries again.
  default void failed(Exception why) {}
}
