package io.holdfast.stock;

import io.holdfast.stock.StockVerifier.Difference;
import io.holdfast.stock.checkpoint.Checkpointing;
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

/// Makes, exports and checks [Checkpoint]s. Safe for threads; each method that is given a
/// connection uses a transaction of its own on it, which must not have been begun.
///
/// A checkpoint states the newest movement of every stock level. The chain of hashes makes that a
/// statement about every movement before it, and the signature one that the database alone can't
/// forge: who rewrites the ledger, all hashes included, no longer has what was stated.
public interface StockCheckpoints {
  /// Keeps nothing, and may be used by any number of threads.
  static StockCheckpoints create() {
    return new Checkpointing();
  }

  /// States what the tenant's ledger has come to; empty when nothing has moved since the last
  /// checkpoint.
  ///
  /// @param key an Ed25519 key pair. Its private half is not to be kept in the database
  Optional<Checkpoint> make(Connection connection, TenantId tenant, KeyPair key)
      throws SQLException;

  /// All of a tenant's checkpoints, the first one first.
  List<Checkpoint> list(Connection connection, TenantId tenant) throws SQLException;

  /// Writes a checkpoint with all that it states as a file that can be checked without the
  /// database.
  ///
  /// @return false, and nothing was written, when there is no such checkpoint
  boolean export(Connection connection, TenantId tenant, long number, OutputStream out)
      throws SQLException, IOException;

  /// Holds a tenant's checkpoints against each other, against their signatures and against the
  /// ledger.
  ///
  /// @param trusted the keys that may have signed; empty: any
  List<Difference> verify(Connection connection, TenantId tenant, Set<PublicKey> trusted)
      throws SQLException;

  /// Checks an exported file by itself.
  ///
  /// @param trusted the keys that may have signed; empty: any, which proves only that nobody
  ///   changed the file who did not sign it anew
  CheckedFile check(InputStream file, Set<PublicKey> trusted) throws IOException;

  /// Checks an exported file and holds it against the ledger in a database.
  CheckedFile check(InputStream file, Set<PublicKey> trusted, Connection connection)
      throws IOException, SQLException;

  /// Checks an exported file and holds it against the movements of one level, whose chain is
  /// recomputed.
  ///
  /// @param movements all of the level, the oldest first; what they throw is thrown on
  CheckedFile check(
      InputStream file,
      Set<PublicKey> trusted,
      Sku sku,
      LocationId location,
      Iterator<MovementView> movements)
      throws IOException;

  /// What became of a check.
  ///
  /// @param statement what the file states
  /// @param differences why not to believe it, or where the ledger differs from it; empty: all fits
  record CheckedFile(Checkpoint.Statement statement, List<Difference> differences) {
    public CheckedFile {
      Objects.requireNonNull(statement, "statement");
      differences = Copies.of("differences", differences);
    }
  }
}
