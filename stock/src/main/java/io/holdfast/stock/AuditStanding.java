package io.holdfast.stock;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/// What the audits of all tenants have come to.
///
/// @param tenants how many have been audited
/// @param levels how many stock levels they had
/// @param oldestAuditAt when the tenant was audited whose last audit is the longest ago; empty when
///   none has been
/// @param findings what is not as it was claimed to be, and nobody has said that it is known
/// @param quarantined how many levels are quarantined
public record AuditStanding(
    long tenants, long levels, Optional<Instant> oldestAuditAt, long findings, long quarantined) {
  public AuditStanding {
    Objects.requireNonNull(oldestAuditAt, "oldestAuditAt");
  }
}
