package io.holdfast.stock;

import java.time.Duration;
import java.util.Objects;

/// What is chosen of all that goes round the tenants in the background: how often, and how much of
/// it at a time.
public abstract sealed class BackgroundSettings permits AuditSettings, ArchiveSettings {
  private final Duration interval;
  private final int rowsPerStep;
  private final int busyPercent;
  private final Duration statementTimeout;

  BackgroundSettings(Builder<?> chosen, int minRowsPerStep) {
    interval = Limits.checked("interval", chosen.interval);
    rowsPerStep = Limits.checked("rowsPerStep", chosen.rowsPerStep, minRowsPerStep);
    busyPercent = Limits.checkedPercent("busyPercent", chosen.busyPercent);
    statementTimeout = Limits.checked("statementTimeout", chosen.statementTimeout);
  }

  /// How long after its last turn a tenant has its next one, with whoever takes it first of those
  /// who share the database. An auditor counts from the end of a turn, an archiver from its
  /// beginning.
  public final Duration interval() {
    return interval;
  }

  /// How many rows a step looks at, about, or moves at most.
  public final int rowsPerStep() {
    return rowsPerStep;
  }

  /// How much of the time is worked, 1 to 100; after each step there is a rest accordingly.
  public final int busyPercent() {
    return busyPercent;
  }

  /// How long one statement may take.
  public final Duration statementTimeout() {
    return statementTimeout;
  }

  /// Changes what is to be other than usual.
  ///
  /// @param <B> the builder itself
  public abstract static sealed class Builder<B extends Builder<B>>
      permits AuditSettings.Builder, ArchiveSettings.Builder {
    private Duration interval;
    private int rowsPerStep;
    private int busyPercent = 10;
    private Duration statementTimeout;

    Builder(Duration interval, int rowsPerStep, Duration statementTimeout) {
      this.interval = interval;
      this.rowsPerStep = rowsPerStep;
      this.statementTimeout = statementTimeout;
    }

    Builder(BackgroundSettings settings) {
      interval = settings.interval;
      rowsPerStep = settings.rowsPerStep;
      busyPercent = settings.busyPercent;
      statementTimeout = settings.statementTimeout;
    }

    abstract B self();

    /// See [BackgroundSettings#interval].
    public final B interval(Duration newInterval) {
      interval = Objects.requireNonNull(newInterval, "interval");
      return self();
    }

    /// See [BackgroundSettings#rowsPerStep].
    public final B rowsPerStep(int newRowsPerStep) {
      rowsPerStep = newRowsPerStep;
      return self();
    }

    /// See [BackgroundSettings#busyPercent].
    public final B busyPercent(int newBusyPercent) {
      busyPercent = newBusyPercent;
      return self();
    }

    /// See [BackgroundSettings#statementTimeout].
    public final B statementTimeout(Duration newStatementTimeout) {
      statementTimeout = Objects.requireNonNull(newStatementTimeout, "statementTimeout");
      return self();
    }
  }
}
