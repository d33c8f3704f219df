/// The auditor: [io.holdfast.stock.audit.Auditor] goes round the tenants,
/// [io.holdfast.stock.audit.TenantAudit] through one of them, stage after stage and step after
/// step.
@NullMarked
package io.holdfast.stock.audit;

import org.jspecify.annotations.NullMarked;
