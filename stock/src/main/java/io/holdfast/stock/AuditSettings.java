package io.holdfast.stock;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// How an auditor works. Made by [#usual] and changed by [#with]: what is not chosen is as usual,
/// and so is what a later version adds.
public final class AuditSettings {
  private final Duration interval;
  private final Duration fullInterval;
  private final int rowsPerStep;
  private final int busyPercent;
  private final Duration lockTimeout;
  private final Duration statementTimeout;
  private final List<String> descriptions;
  private final Optional<CheckpointSchedule> checkpoints;
  private final AuditObserver observer;

  private AuditSettings(Builder chosen) {
    interval = Limits.checked("interval", chosen.interval);
    fullInterval = Limits.checked("fullInterval", chosen.fullInterval);
    rowsPerStep = Limits.checked("rowsPerStep", chosen.rowsPerStep, 2);
    busyPercent = Limits.checkedPercent("busyPercent", chosen.busyPercent);
    lockTimeout = Limits.checked("lockTimeout", chosen.lockTimeout);
    statementTimeout = Limits.checked("statementTimeout", chosen.statementTimeout);
    descriptions = chosen.descriptions;
    checkpoints = chosen.checkpoints;
    observer = QuietAuditObserver.of(chosen.observer);
  }

  /// A round each minute, a full one each day, at most a tenth of one connection's time.
  public static AuditSettings usual() {
    return new Builder().build();
  }

  /// A builder that has these settings, to change some of them.
  public Builder with() {
    return new Builder(this);
  }

  /// How long after a tenant was audited it is audited again, by whichever auditor.
  public Duration interval() {
    return interval;
  }

  /// How long after all of a tenant was recomputed all of it is recomputed again. In the rounds
  /// between, chains are walked on from where they were found whole.
  public Duration fullInterval() {
    return fullInterval;
  }

  /// How many rows a step looks at, about.
  public int rowsPerStep() {
    return rowsPerStep;
  }

  /// How much of its time the auditor works, 1 to 100; it rests after each step accordingly.
  public int busyPercent() {
    return busyPercent;
  }

  /// How long it waits for the row of a level that is to be quarantined.
  public Duration lockTimeout() {
    return lockTimeout;
  }

  /// How long one statement may take.
  public Duration statementTimeout() {
    return statementTimeout;
  }

  /// Of what somebody else keeps in the schema `holdfast`, see [StockVerifier#describeSchema].
  public List<String> descriptions() {
    return descriptions;
  }

  /// When checkpoints are made; empty: none are.
  public Optional<CheckpointSchedule> checkpoints() {
    return checkpoints;
  }

  /// Told what happens.
  public AuditObserver observer() {
    return observer;
  }

  /// Changes what is to be other than usual.
  public static final class Builder {
    private Duration interval = Duration.ofMinutes(1);
    private Duration fullInterval = Duration.ofDays(1);
    private int rowsPerStep = 2_000;
    private int busyPercent = 10;
    private Duration lockTimeout = Duration.ofSeconds(1);
    private Duration statementTimeout = Duration.ofMinutes(5);
    private List<String> descriptions = List.of();
    private Optional<CheckpointSchedule> checkpoints = Optional.empty();
    private AuditObserver observer = AuditObserver.NONE;

    private Builder() {}

    private Builder(AuditSettings settings) {
      interval = settings.interval;
      fullInterval = settings.fullInterval;
      rowsPerStep = settings.rowsPerStep;
      busyPercent = settings.busyPercent;
      lockTimeout = settings.lockTimeout;
      statementTimeout = settings.statementTimeout;
      descriptions = settings.descriptions;
      checkpoints = settings.checkpoints;
      observer = settings.observer;
    }

    /// See [AuditSettings#interval].
    public Builder interval(Duration newInterval) {
      interval = Objects.requireNonNull(newInterval, "interval");
      return this;
    }

    /// See [AuditSettings#fullInterval].
    public Builder fullInterval(Duration newFullInterval) {
      fullInterval = Objects.requireNonNull(newFullInterval, "fullInterval");
      return this;
    }

    /// See [AuditSettings#rowsPerStep].
    public Builder rowsPerStep(int newRowsPerStep) {
      rowsPerStep = newRowsPerStep;
      return this;
    }

    /// See [AuditSettings#busyPercent].
    public Builder busyPercent(int newBusyPercent) {
      busyPercent = newBusyPercent;
      return this;
    }

    /// See [AuditSettings#lockTimeout].
    public Builder lockTimeout(Duration newLockTimeout) {
      lockTimeout = Objects.requireNonNull(newLockTimeout, "lockTimeout");
      return this;
    }

    /// See [AuditSettings#statementTimeout].
    public Builder statementTimeout(Duration newStatementTimeout) {
      statementTimeout = Objects.requireNonNull(newStatementTimeout, "statementTimeout");
      return this;
    }

    /// See [AuditSettings#descriptions].
    public Builder descriptions(List<String> newDescriptions) {
      descriptions = Copies.of("descriptions", newDescriptions);
      return this;
    }

    /// See [AuditSettings#checkpoints].
    public Builder checkpoints(CheckpointSchedule newCheckpoints) {
      checkpoints = Optional.of(Objects.requireNonNull(newCheckpoints, "checkpoints"));
      return this;
    }

    /// See [AuditSettings#observer].
    public Builder observer(AuditObserver newObserver) {
      observer = Objects.requireNonNull(newObserver, "observer");
      return this;
    }

    /// The settings; an `IllegalArgumentException` names the one that is out of its range.
    public AuditSettings build() {
      return new AuditSettings(this);
    }
  }
}
