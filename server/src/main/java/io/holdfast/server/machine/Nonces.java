package io.holdfast.server.machine;

import io.holdfast.server.identity.Caller;
import io.holdfast.server.identity.TenantAtTheDoor;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.role.HeldRoles;
import io.holdfast.stock.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jdbi.v3.core.Handle;
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

  /// What is known when a nonce is kept.
  ///
  /// @param seenAt when it was seen for the first time, which is now
  /// @param caller who has spent it
  record Spent(Instant seenAt, Caller caller) {}

  /// Keeps a nonce. Refused if it was seen before. Nothing is kept for a tenant that nobody is let
  /// in to any more.
  CompletionStage<Spent> spend(Machine machine, String nonce) {
    return CompletableFuture.supplyAsync(
        () -> {
          requireTenant(machine);
          return insert(machine, nonce).orElseThrow(() -> SignatureRefused.of(RefusedFor.NONCE));
        },
        blocking);
  }

  private void requireTenant(Machine machine) {
    Optional<TenantId> named = TenantAtTheDoor.named(database, machine.tenantSlug());
    if (!named.equals(Optional.of(machine.tenant()))) {
      throw SignatureRefused.of(RefusedFor.KEY_ID);
    }
  }

  private Optional<Spent> insert(Machine machine, String nonce) {
    return tenants.inTransaction(
        machine.tenant(),
        handle ->
            handle
                .createQuery(NONCE_INSERT)
                .bind(0, machine.tenant().value())
                .bind(1, machine.keyId())
                .bind(2, nonce)
                .mapTo(Instant.class)
                .findOne()
                .map(seenAt -> new Spent(seenAt, caller(handle, machine))));
  }

  private static Caller caller(Handle handle, Machine machine) {
    return machine.caller(
        HeldRoles.permissions(handle, machine.tenant(), machine.role()).orElse(Set.of()));
  }
}
