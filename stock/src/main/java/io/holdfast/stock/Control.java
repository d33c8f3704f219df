package io.holdfast.stock;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/// The ways in which read, decide, write is made atomic. All give the same answers, but for the
/// last.
public enum Control {
  /// Commands wait in their tenant's lane, and one transaction decides as many as have gathered.
  COMBINED("combined"),
  /// One command per transaction, its rows locked with `SELECT ... FOR UPDATE`.
  ROW_LOCK("row-lock"),
  /// One command per transaction; versions are read without a lock and checked on writing. After
  /// some retries the answer is "busy".
  OPTIMISTIC("optimistic"),
  /// One command per transaction, its rows locked, under SERIALIZABLE; done again when the database
  /// could not have run it alone.
  SERIALIZABLE("serializable"),
  /// One command per transaction, one guarded UPDATE per level, all or nothing.
  CONDITIONAL("conditional"),
  /// One command per transaction, behind a lock outside of the database; versions and the lock's
  /// token are checked on writing. It needs a [StockMutex].
  FENCED_LOCK("fenced-lock"),
  /// Nothing at all. It oversells; it exists so that a prover can be seen to catch it.
  UNPROTECTED("unprotected");

  private final String label;

  Control(String label) {
    this.label = label;
  }

  /// The name on the command line and in metrics.
  public String label() {
    return label;
  }

  /// The control of that [#label()], if there is one.
  public static Optional<Control> ofLabel(String label) {
    Objects.requireNonNull(label, "label");
    return Arrays.stream(values()).filter(c -> c.label.equals(label)).findFirst();
  }
}
