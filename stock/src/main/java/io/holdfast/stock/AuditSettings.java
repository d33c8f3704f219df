package io.holdfast.stock;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// How an auditor works. Made by [#usual] and changed by [#with]: what is not chosen is as usual,
/// and so is what a later version adds.
public final class AuditSettings extends BackgroundSettings {
  private final Duration fullInterval;
  private final Duration lockTimeout;
  private final List<String> descriptions;
  private final Optional<CheckpointSchedule> checkpoints;
  private final AuditObserver observer;

  private AuditSettings(Builder chosen) {
    super(chosen, 2);
    fullInterval = Limits.checked("fullInterval", chosen.fullInterval);
    lockTimeout = Limits.checked("lockTimeout", chosen.lockTimeout);
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

  /// How long after all of a tenant was recomputed all of it is recomputed again. In the rounds
  /// between, chains are walked on from where they were found whole.
  public Duration fullInterval() {
    return fullInterval;
  }

  /// How long it waits for the row of a level that is to be quarantined.
  public Duration lockTimeout() {
    return lockTimeout;
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
  public static final class Builder extends BackgroundSettings.Builder<Builder> {
    private Duration fullInterval = Duration.ofDays(1);
    private Duration lockTimeout = Duration.ofSeconds(1);
    private List<String> descriptions = List.of();
    private Optional<CheckpointSchedule> checkpoints = Optional.empty();
    private AuditObserver observer = AuditObserver.NONE;

    private Builder() {
      super(Duration.ofMinutes(1), 2_000, Duration.ofMinutes(5));
    }

    private Builder(AuditSettings settings) {
      super(settings);
      fullInterval = settings.fullInterval;
      lockTimeout = settings.lockTimeout;
      descriptions = settings.descriptions;
      checkpoints = settings.checkpoints;
      observer = settings.observer;
    }

    @Override
    Builder self() {
      return this;
    }

    /// See [AuditSettings#fullInterval].
    public Builder fullInterval(Duration newFullInterval) {
      fullInterval = Objects.requireNonNull(newFullInterval, "fullInterval");
      return this;
    }

    /// See [AuditSettings#lockTimeout].
    public Builder lockTimeout(Duration newLockTimeout) {
      lockTimeout = Objects.requireNonNull(newLockTimeout, "lockTimeout");
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
