package io.holdfast.stock;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/// What the audits of one tenant have come to.
///
/// @param levels how many stock levels the last audit found
/// @param auditedAt when that was completed; empty when none has been
/// @param fullyAuditedAt when the last one was completed that recomputed everything; empty when
///   none has been
/// @param findings what is not as it was claimed to be, and nobody has said that it is known
/// @param quarantined how many levels are quarantined
public record TenantStanding(
    long levels,
    Optional<Instant> auditedAt,
    Optional<Instant> fullyAuditedAt,
    long findings,
    long quarantined) {
  public TenantStanding {
    Objects.requireNonNull(auditedAt, "auditedAt");
    Objects.requireNonNull(fullyAuditedAt, "fullyAuditedAt");
  }
}
