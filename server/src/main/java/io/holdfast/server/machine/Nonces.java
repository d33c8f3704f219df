package io.holdfast.server.machine;

import io.holdfast.server.identity.TenantAtTheDoor;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.stock.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jdbi.v3.core.Jdbi;

/// The table `machine_nonces`: a nonce works once, on whichever node and whenever. The row that is
/// inserted decides, and the database's clock, which is the same for all nodes, says when.
public final class Nonces {
  /// Nothing is told of one that is there.
  static final String NONCE_INSERT =
      """
      INSERT INTO holdfast.machine_nonces (tenant_id, key_id, nonce) VALUES (?, ?, ?)
      ON CONFLICT DO NOTHING
      RETURNING seen_at
      """;

  private final Jdbi database;
  private final TenantScope tenants;
  private final Executor blocking;

  public Nonces(Jdbi database, TenantScope tenants, Executor blocking) {
    this.database = database;
    this.tenants = tenants;
    this.blocking = blocking;
  }

  /// When a nonce was seen for the first time, which is now; it is kept when this is told. Refused
  /// if it was seen before. Nothing is kept for a tenant that nobody is let in to any more.
  CompletionStage<Instant> spend(Machine machine, String nonce) {
    return CompletableFuture.supplyAsync(
        () -> {
          requireTenant(machine);
          return insert(machine, nonce).orElseThrow(() -> SignatureRefused.of(RefusedFor.NONCE));
        },
        blocking);
  }

  private void requireTenant(Machine machine) {
    Optional<TenantId> named = TenantAtTheDoor.named(database, machine.tenantSlug());
    if (!named.equals(Optional.of(machine.caller().tenant()))) {
      throw SignatureRefused.of(RefusedFor.KEY_ID);
    }
  }

  private Optional<Instant> insert(Machine machine, String nonce) {
    return tenants.inTransaction(
        machine.caller().tenant(),
        handle ->
            handle
                .createQuery(NONCE_INSERT)
                .bind(0, machine.caller().tenant().value())
                .bind(1, machine.keyId())
                .bind(2, nonce)
                .mapTo(Instant.class)
                .findOne());
  }
}
