package io.holdfast.stock;

import java.time.Duration;
import java.util.Objects;

/// How an archiver works. Made by [#usual] and changed by [#with]: what is not chosen is as usual,
/// and so is what a later version adds.
public final class ArchiveSettings {
  private final Duration interval;
  private final int rowsPerStep;
  private final int busyPercent;
  private final Duration statementTimeout;
  private final ArchiveObserver observer;

  private ArchiveSettings(Builder chosen) {
    interval = Limits.checked("interval", chosen.interval);
    rowsPerStep = Limits.checked("rowsPerStep", chosen.rowsPerStep, 1);
    busyPercent = Limits.checkedPercent("busyPercent", chosen.busyPercent);
    statementTimeout = Limits.checked("statementTimeout", chosen.statementTimeout);
    observer = chosen.observer;
  }

  /// Each tenant once an hour, a thousand rows at a time, a tenth of one connection's time.
  public static ArchiveSettings usual() {
    return new Builder().build();
  }

  /// A builder that has these settings, to change some of them.
  public Builder with() {
    return new Builder(this);
  }

  /// How long after a tenant was begun with it is begun with again, by whichever archiver.
  public Duration interval() {
    return interval;
  }

  /// How many rows one transaction moves.
  public int rowsPerStep() {
    return rowsPerStep;
  }

  /// How much of its time the archiver works, 1 to 100; it rests after each step accordingly.
  public int busyPercent() {
    return busyPercent;
  }

  /// How long one statement may take.
  public Duration statementTimeout() {
    return statementTimeout;
  }

  /// Told what happens.
  public ArchiveObserver observer() {
    return observer;
  }

  /// Changes what is to be other than usual.
  public static final class Builder {
    private Duration interval = Duration.ofHours(1);
    private int rowsPerStep = 1_000;
    private int busyPercent = 10;
    private Duration statementTimeout = Duration.ofMinutes(1);
    private ArchiveObserver observer = ArchiveObserver.NONE;

    private Builder() {}

    private Builder(ArchiveSettings settings) {
      interval = settings.interval;
      rowsPerStep = settings.rowsPerStep;
      busyPercent = settings.busyPercent;
      statementTimeout = settings.statementTimeout;
      observer = settings.observer;
    }

    /// See [ArchiveSettings#interval].
    public Builder interval(Duration newInterval) {
      interval = Objects.requireNonNull(newInterval, "interval");
      return this;
    }

    /// See [ArchiveSettings#rowsPerStep].
    public Builder rowsPerStep(int newRowsPerStep) {
      rowsPerStep = newRowsPerStep;
      return this;
    }

    /// See [ArchiveSettings#busyPercent].
    public Builder busyPercent(int newBusyPercent) {
      busyPercent = newBusyPercent;
      return this;
    }

    /// See [ArchiveSettings#statementTimeout].
    public Builder statementTimeout(Duration newStatementTimeout) {
      statementTimeout = Objects.requireNonNull(newStatementTimeout, "statementTimeout");
      return this;
    }

    /// See [ArchiveSettings#observer].
    public Builder observer(ArchiveObserver newObserver) {
      observer = Objects.requireNonNull(newObserver, "observer");
      return this;
    }

    /// The settings; an `IllegalArgumentException` names the one that is out of its range.
    public ArchiveSettings build() {
      return new ArchiveSettings(this);
    }
  }
}
