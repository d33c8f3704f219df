package io.holdfast.stock;

import io.holdfast.stock.store.FenceSequence;
import java.util.Objects;
import javax.sql.DataSource;

/// Numbers from the database of which each is greater than all that were given out before it, to
/// whomever. A [StockMutex] whose server has lost its count begins a new one above them.
public interface FenceEpochs {

  /// Those of a migrated database. Safe for any number of threads.
  ///
  /// @param database connections as the engine has them
  static FenceEpochs of(DataSource database) {
    return new FenceSequence(Objects.requireNonNull(database, "database"));
  }

  /// The next one, between 1 and 2^23 - 1. Blocking, but never for longer than the pool and the
  /// statement timeout let it; failures are [StockFailure]s.
  long next();
}
