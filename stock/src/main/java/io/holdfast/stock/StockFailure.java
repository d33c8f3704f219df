package io.holdfast.stock;

import java.io.Serial;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The request could not be decided: not a refusal, and not the caller's fault. The one root of all
/// that the engine throws or completes a stage with.
public final class StockFailure extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /// What the caller can do about it.
  public enum Category {
    /// Nothing took effect; try again later.
    BUSY,
    /// The database is not there, or takes no writes. Nothing took effect, unless the code says
    /// otherwise.
    DEPENDENCY,
    /// A fault of the engine or of a participant. Nothing took effect.
    INTERNAL
  }

  /// What was in the way. Codes stay; later versions may have more.
  public enum Code {
    /// As many commands of the tenant wait as may: [EngineSettings#laneCapacity].
    LANE_FULL(Category.BUSY),
    /// The turn of the command did not come within [Call#patience].
    PATIENCE_EXHAUSTED(Category.BUSY),
    /// A row that it needs was held by somebody outside for [EngineSettings#lockTimeout].
    LOCK_NOT_AVAILABLE(Category.BUSY),
    /// The database took longer for a statement than [EngineSettings#statementTimeout].
    STATEMENT_TIMEOUT(Category.BUSY),
    /// All in all it took longer than [EngineSettings#transactionTimeout].
    TRANSACTION_TIMEOUT(Category.BUSY),
    /// The data source had no connection to give.
    POOL_EXHAUSTED(Category.BUSY),
    /// Others were faster each time, [EngineSettings#maxRetries] times.
    CONFLICT_PERSISTS(Category.BUSY),
    /// The database has no memory, or another of its resources, left for this.
    DATABASE_OVERLOADED(Category.BUSY),
    /// The server of the locks outside of the database is not there.
    MUTEX_UNAVAILABLE(Category.BUSY),
    /// The engine is closing, or closed.
    SHUTTING_DOWN(Category.BUSY),
    /// The database is not there, does not let the engine in, or only reads.
    DATABASE_UNAVAILABLE(Category.DEPENDENCY),
    /// The database has no room left.
    DISK_FULL(Category.DEPENDENCY),
    /// The COMMIT was sent and its fate could not be learned, in time or at all: it took effect
    /// once or not at all. The same idempotency key gets a definite answer later.
    OUTCOME_UNKNOWN(Category.DEPENDENCY),
    /// A check of the engine on itself failed, and kept the transaction from committing.
    INVARIANT_VIOLATED(Category.INTERNAL),
    /// Anything else; the cause tells.
    UNEXPECTED(Category.INTERNAL);

    private final Category category;

    Code(Category category) {
      this.category = category;
    }

    /// What the caller can do about it.
    public Category category() {
      return category;
    }
  }

  private final Code code;

  /// The message begins with the code.
  public StockFailure(Code code, String message, @Nullable Throwable cause) {
    super(
        Objects.requireNonNull(code, "code") + ": " + Objects.requireNonNull(message, "message"),
        cause);
    this.code = code;
  }

  /// A failure without a cause.
  public StockFailure(Code code, String message) {
    this(code, message, null);
  }

  /// What was in the way.
  public Code code() {
    return code;
  }

  /// What the caller can do about it.
  public Category category() {
    return code.category();
  }
}
