package io.holdfast.stock;

import java.time.Instant;
import java.util.Objects;

/// What the ledger of a tenant had come to, stated and signed.
///
/// @param statement what is stated
/// @param publicKey whose counterpart signed it, as X.509 has it
/// @param signature Ed25519
public record Checkpoint(Statement statement, byte[] publicKey, byte[] signature) {
  public Checkpoint {
    Objects.requireNonNull(statement, "statement");
    Objects.requireNonNull(publicKey, "publicKey");
    Objects.requireNonNull(signature, "signature");
  }

  /// What is stated, all that the signature is about.
  ///
  /// @param tenant whose ledger it is
  /// @param number counts a tenant's checkpoints from 1, without a hole
  /// @param madeAt by the database's clock, in microseconds
  /// @param levels how many stock levels it states the newest movement of
  /// @param movements how many movements they have, all together
  /// @param headsHash SHA-256 of these newest movements, a line each, as the exported file has them
  /// @param changesHash the same of those that had changed since the checkpoint before
  /// @param previousHash SHA-256 of what was signed before; zeros for the first one
  /// @param keyId names the public key: the first 128 bits of its SHA-256, in hexadecimal
  public record Statement(
      TenantId tenant,
      long number,
      Instant madeAt,
      long levels,
      long movements,
      byte[] headsHash,
      byte[] changesHash,
      byte[] previousHash,
      String keyId) {
    public Statement {
      Objects.requireNonNull(tenant, "tenant");
      Objects.requireNonNull(madeAt, "madeAt");
      Objects.requireNonNull(headsHash, "headsHash");
      Objects.requireNonNull(changesHash, "changesHash");
      Objects.requireNonNull(previousHash, "previousHash");
      Objects.requireNonNull(keyId, "keyId");
    }
  }
}
