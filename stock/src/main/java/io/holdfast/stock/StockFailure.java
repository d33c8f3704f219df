package io.holdfast.stock;

import java.io.Serial;
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

  public enum Code {
    LANE_FULL(Category.BUSY),
    PATIENCE_EXHAUSTED(Category.BUSY),
    LOCK_NOT_AVAILABLE(Category.BUSY),
    STATEMENT_TIMEOUT(Category.BUSY),
    POOL_EXHAUSTED(Category.BUSY),
    CONFLICT_PERSISTS(Category.BUSY),
    /// The database has no memory, or another of its resources, left for this.
    DATABASE_OVERLOADED(Category.BUSY),
    SHUTTING_DOWN(Category.BUSY),
    DATABASE_UNAVAILABLE(Category.DEPENDENCY),
    DISK_FULL(Category.DEPENDENCY),
    /// The COMMIT was sent and its fate could not be learned in time: it took effect once or not at
    /// all. The same idempotency key gets a definite answer later.
    OUTCOME_UNKNOWN(Category.DEPENDENCY),
    INVARIANT_VIOLATED(Category.INTERNAL),
    UNEXPECTED(Category.INTERNAL);

    private final Category category;

    Code(Category category) {
      this.category = category;
    }

    public Category category() {
      return category;
    }
  }

  private final Code code;

  public StockFailure(Code code, String message, @Nullable Throwable cause) {
    super(code + ": " + message, cause);
    this.code = code;
  }

  public StockFailure(Code code, String message) {
    this(code, message, null);
  }

  public Code code() {
    return code;
  }

  public Category category() {
    return code.category();
  }
}
