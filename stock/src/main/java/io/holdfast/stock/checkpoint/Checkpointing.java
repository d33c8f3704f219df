package io.holdfast.stock.checkpoint;

import io.holdfast.stock.Checkpoint;
import io.holdfast.stock.Checkpoint.Statement;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.MovementView;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockCheckpoints;
import io.holdfast.stock.StockVerifier.Difference;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.store.Snapshot;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.KeyPair;
import java.security.PublicKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// The walk from what is asked to the steps of this package, each in one snapshot.
public final class Checkpointing implements StockCheckpoints {
  @Override
  public Optional<Checkpoint> make(Connection connection, TenantId tenant, KeyPair key)
      throws SQLException {
    requireGiven(connection, tenant);
    Objects.requireNonNull(key, "key");
    try (Snapshot snapshot = Snapshot.begin(connection, tenant)) {
      Optional<Checkpoint> made = Making.make(connection, tenant, key);
      snapshot.commit();
      return made;
    }
  }

  @Override
  public List<Checkpoint> list(Connection connection, TenantId tenant) throws SQLException {
    requireGiven(connection, tenant);
    try (Snapshot _ = Snapshot.begin(connection, tenant)) {
      return CheckpointRows.all(connection, tenant);
    }
  }

  @Override
  public boolean export(Connection connection, TenantId tenant, long number, OutputStream out)
      throws SQLException, IOException {
    requireGiven(connection, tenant);
    Objects.requireNonNull(out, "out");
    try (Snapshot _ = Snapshot.begin(connection, tenant)) {
      Optional<Checkpoint> found = CheckpointRows.find(connection, tenant, number);
      if (found.isEmpty()) {
        return false;
      }
      CheckpointFile.write(out, found.get());
      HeadRows.<IOException>upTo(
          connection, tenant, number, (_, head) -> CheckpointFile.write(out, head));
      return true;
    }
  }

  @Override
  public List<Difference> verify(Connection connection, TenantId tenant, Set<PublicKey> trusted)
      throws SQLException {
    requireGiven(connection, tenant);
    Objects.requireNonNull(trusted, "trusted");
    try (Snapshot _ = Snapshot.begin(connection, tenant)) {
      return CheckpointCheck.differences(connection, tenant, trusted);
    }
  }

  private static void requireGiven(Connection connection, TenantId tenant) {
    Objects.requireNonNull(connection, "connection");
    Objects.requireNonNull(tenant, "tenant");
  }

  @Override
  public CheckedFile check(InputStream file, Set<PublicKey> trusted) throws IOException {
    requireFile(file, trusted);
    try (CheckpointFile opened = CheckpointFile.open(file)) {
      FileCheck check = new FileCheck(opened.checkpoint(), trusted);
      opened.heads(check::take);
      return check.result();
    }
  }

  @Override
  public CheckedFile check(InputStream file, Set<PublicKey> trusted, Connection connection)
      throws IOException, SQLException {
    requireFile(file, trusted);
    Objects.requireNonNull(connection, "connection");
    try (CheckpointFile opened = CheckpointFile.open(file)) {
      FileCheck check = new FileCheck(opened.checkpoint(), trusted);
      Statement statement = opened.checkpoint().statement();
      try (Snapshot _ = Snapshot.begin(connection, statement.tenant())) {
        LedgerHeads ledger = new LedgerHeads(connection, statement.tenant());
        opened.<SQLException>heads(
            head -> {
              check.take(head);
              ledger.hold(head);
            });
        check.add(ledger.differences());
      }
      return check.result();
    }
  }

  @Override
  public CheckedFile check(
      InputStream file,
      Set<PublicKey> trusted,
      Sku sku,
      LocationId location,
      Iterator<MovementView> movements)
      throws IOException {
    requireFile(file, trusted);
    Objects.requireNonNull(sku, "sku");
    Objects.requireNonNull(location, "location");
    Objects.requireNonNull(movements, "movements");
    try (CheckpointFile opened = CheckpointFile.open(file)) {
      FileCheck check = new FileCheck(opened.checkpoint(), trusted);
      LevelChain chain =
          new LevelChain(opened.checkpoint().statement().tenant(), sku, location, movements);
      opened.heads(
          head -> {
            check.take(head);
            chain.hold(head);
          });
      check.add(chain.differences());
      return check.result();
    }
  }

  private static void requireFile(InputStream file, Set<PublicKey> trusted) {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(trusted, "trusted");
  }
}
