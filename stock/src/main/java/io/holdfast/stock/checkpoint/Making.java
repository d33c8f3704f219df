package io.holdfast.stock.checkpoint;

import io.holdfast.stock.Checkpoint;
import io.holdfast.stock.Checkpoint.Statement;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.store.RoundTrip;
import io.holdfast.stock.store.Transactions;
import java.security.KeyPair;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/// Makes one checkpoint, in a transaction of one snapshot.
final class Making {
  /// What the first checkpoint has for the hash of the one before.
  static final byte[] NOTHING_BEFORE = new byte[32];

  private Making() {}

  static Optional<Checkpoint> make(Connection transaction, TenantId tenant, KeyPair key)
      throws SQLException {
    Optional<Statement> before =
        CheckpointRows.newest(transaction, tenant).map(Checkpoint::statement);
    long number = before.map(Statement::number).orElse(0L) + 1;
    if (HeadRows.add(transaction, tenant, number) == 0) {
      return Optional.empty();
    }
    HeadsHash changes = new HeadsHash();
    HeadsHash heads = new HeadsHash();
    HeadRows.changesFrom(transaction, tenant, number, (_, head) -> changes.add(head));
    HeadRows.upTo(transaction, tenant, number, (_, head) -> heads.add(head));
    byte[] publicKey = key.getPublic().getEncoded();
    Statement statement =
        new Statement(
            tenant,
            number,
            clock(transaction),
            heads.levels(),
            heads.movements(),
            heads.value(),
            changes.value(),
            before.map(SignedText::hash).orElse(NOTHING_BEFORE),
            Signing.keyId(publicKey));
    Checkpoint made =
        new Checkpoint(statement, publicKey, Signing.sign(key, SignedText.of(statement)));
    CheckpointRows.insert(transaction, made);
    return Optional.of(made);
  }

  private static Instant clock(Connection transaction) throws SQLException {
    try (RoundTrip trip = new RoundTrip(transaction)) {
      trip.add(Transactions.CLOCK_READ);
      trip.send();
      return Transactions.clock(trip);
    }
  }
}
