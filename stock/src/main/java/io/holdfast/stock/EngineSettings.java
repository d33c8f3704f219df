package io.holdfast.stock;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// How an engine works, with the limit of everything that could wait or grow. Made by [#of] and
/// [#with]; a further limit comes as a further component. Every duration is at least a millisecond,
/// but for the interval of the sweeps.
///
/// @param control how read, decide, write is made atomic
/// @param tenantControls tenants for whom it is another one; controls in use share the workers
/// @param workers how many transactions run at once at most; each takes one connection
/// @param laneCapacity commands that may wait per tenant, for their turn or for a row that somebody
///   outside holds, and for that at most half of them; past it the answer is "busy"
/// @param batchCommands commands per transaction at most
/// @param batchRows reservation lines per transaction at most
/// @param batchLockTimeout how long a batch waits for a row before it goes on without it
/// @param lockTimeout how long a command waits for a row when it waits alone
/// @param statementTimeout how long one statement may take
/// @param transactionTimeout how long a transaction may last, from before it begins to the sending
///   of its COMMIT; past it all of it is rolled back, and the answer is "busy". A participant that
///   goes on beyond it is stopped at its next statement: by the database, or, before version 17 of
///   it, by a statement or a pause of its own that is too long, and otherwise when it returns
/// @param idleTimeout how long the database lets a transaction wait for its node's next statement
/// @param resolveTimeout how long the fate of a COMMIT that was not answered is asked for
/// @param sweepInterval how often due reservations are looked for; zero: never by this engine
/// @param maxRetries how often a transaction is done again that another one was faster than; past
///   it the answer is "busy"
/// @param participants who takes part in each transaction, in the order in which they lock
/// @param observer told what happens; what it throws goes no further than the log
public record EngineSettings(
    Control control,
    Map<TenantId, Control> tenantControls,
    int workers,
    int laneCapacity,
    int batchCommands,
    int batchRows,
    Duration batchLockTimeout,
    Duration lockTimeout,
    Duration statementTimeout,
    Duration transactionTimeout,
    Duration idleTimeout,
    Duration resolveTimeout,
    Duration sweepInterval,
    int maxRetries,
    List<Participant<?>> participants,
    EngineObserver observer) {

  public EngineSettings {
    Objects.requireNonNull(control, "control");
    tenantControls = Copies.of("tenantControls", tenantControls);
    Limits.check("workers", workers, 1);
    Limits.check("laneCapacity", laneCapacity, 1);
    Limits.check("batchCommands", batchCommands, 1);
    Limits.check("batchRows", batchRows, Command.MAX_LINES);
    Limits.check("batchLockTimeout", batchLockTimeout);
    Limits.check("lockTimeout", lockTimeout);
    Limits.check("statementTimeout", statementTimeout);
    Limits.check("transactionTimeout", transactionTimeout);
    Limits.check("idleTimeout", idleTimeout);
    Limits.check("resolveTimeout", resolveTimeout);
    if (!Duration.ZERO.equals(sweepInterval)) {
      Limits.check("sweepInterval", sweepInterval);
    }
    Limits.check("maxRetries", maxRetries, 0);
    participants = Copies.of("participants", participants);
    observer = QuietObserver.of(Objects.requireNonNull(observer, "observer"));
  }

  /// The usual limits.
  public static EngineSettings of(Control control) {
    return new Builder(control).build();
  }

  /// A builder that has these settings, to change some of them.
  public Builder with() {
    return new Builder(this);
  }

  /// The controls that this engine has, the usual one first.
  public Set<Control> controls() {
    Set<Control> controls = new LinkedHashSet<>(List.of(control));
    controls.addAll(tenantControls.values());
    return controls;
  }

  /// These settings as one of the controls has them: with its part of the workers, and with as many
  /// retries as are usual for it unless another number was chosen.
  public EngineSettings under(Control one) {
    Objects.requireNonNull(one, "one");
    boolean isUsual = maxRetries == usualRetries(control);
    Builder builder = new Builder(one);
    builder.takeLimits(this);
    return builder
        .workers(Math.max(1, workers / controls().size()))
        .maxRetries(isUsual ? usualRetries(one) : maxRetries)
        .build();
  }

  private static int usualRetries(Control control) {
    return switch (control) {
      case OPTIMISTIC -> 3;
      // It is also ended for what only might have been a conflict: its locks are on pages, too.
      case SERIALIZABLE -> 100;
      case COMBINED, ROW_LOCK, CONDITIONAL, UNPROTECTED -> 10;
    };
  }

  /// Changes what is to be other than usual.
  public static final class Builder {
    private final Control control;
    private Map<TenantId, Control> tenantControls = Map.of();
    private int workers = 8;
    private int laneCapacity = 20_000;
    private int batchCommands = 1_000;
    private int batchRows = 4_000;
    private Duration batchLockTimeout = Duration.ofMillis(100);
    private Duration lockTimeout = Duration.ofSeconds(5);
    private Duration statementTimeout = Duration.ofSeconds(10);
    private Duration transactionTimeout = Duration.ofSeconds(10);
    private Duration idleTimeout = Duration.ofSeconds(5);
    private Duration resolveTimeout = Duration.ofSeconds(30);
    private Duration sweepInterval = Duration.ofSeconds(1);
    private int maxRetries;
    private List<Participant<?>> participants = List.of();
    private EngineObserver observer = EngineObserver.NONE;

    private Builder(Control control) {
      this.control = Objects.requireNonNull(control, "control");
      this.maxRetries = usualRetries(control);
    }

    private Builder(EngineSettings settings) {
      this.control = settings.control;
      this.tenantControls = settings.tenantControls;
      takeLimits(settings);
    }

    private void takeLimits(EngineSettings settings) {
      this.workers = settings.workers;
      this.laneCapacity = settings.laneCapacity;
      this.batchCommands = settings.batchCommands;
      this.batchRows = settings.batchRows;
      this.batchLockTimeout = settings.batchLockTimeout;
      this.lockTimeout = settings.lockTimeout;
      this.statementTimeout = settings.statementTimeout;
      this.transactionTimeout = settings.transactionTimeout;
      this.idleTimeout = settings.idleTimeout;
      this.resolveTimeout = settings.resolveTimeout;
      this.sweepInterval = settings.sweepInterval;
      this.maxRetries = settings.maxRetries;
      this.participants = settings.participants;
      this.observer = settings.observer;
    }

    /// Nobody, unless chosen.
    public Builder tenantControls(Map<TenantId, Control> newTenantControls) {
      this.tenantControls = Copies.of("tenantControls", newTenantControls);
      return this;
    }

    /// 8, unless chosen.
    public Builder workers(int newWorkers) {
      this.workers = newWorkers;
      return this;
    }

    /// 20,000, unless chosen.
    public Builder laneCapacity(int newLaneCapacity) {
      this.laneCapacity = newLaneCapacity;
      return this;
    }

    /// 1,000, unless chosen.
    public Builder batchCommands(int newBatchCommands) {
      this.batchCommands = newBatchCommands;
      return this;
    }

    /// 4,000, unless chosen; at least as many as a command may have lines.
    public Builder batchRows(int newBatchRows) {
      this.batchRows = newBatchRows;
      return this;
    }

    /// 0.1 s, unless chosen.
    public Builder batchLockTimeout(Duration newBatchLockTimeout) {
      this.batchLockTimeout = Objects.requireNonNull(newBatchLockTimeout, "batchLockTimeout");
      return this;
    }

    /// 5 s, unless chosen.
    public Builder lockTimeout(Duration newLockTimeout) {
      this.lockTimeout = Objects.requireNonNull(newLockTimeout, "lockTimeout");
      return this;
    }

    /// 10 s, unless chosen.
    public Builder statementTimeout(Duration newStatementTimeout) {
      this.statementTimeout = Objects.requireNonNull(newStatementTimeout, "statementTimeout");
      return this;
    }

    /// 10 s, unless chosen.
    public Builder transactionTimeout(Duration newTransactionTimeout) {
      this.transactionTimeout = Objects.requireNonNull(newTransactionTimeout, "transactionTimeout");
      return this;
    }

    /// 5 s, unless chosen.
    public Builder idleTimeout(Duration newIdleTimeout) {
      this.idleTimeout = Objects.requireNonNull(newIdleTimeout, "idleTimeout");
      return this;
    }

    /// 30 s, unless chosen.
    public Builder resolveTimeout(Duration newResolveTimeout) {
      this.resolveTimeout = Objects.requireNonNull(newResolveTimeout, "resolveTimeout");
      return this;
    }

    /// 1 s, unless chosen.
    public Builder sweepInterval(Duration newSweepInterval) {
      this.sweepInterval = Objects.requireNonNull(newSweepInterval, "sweepInterval");
      return this;
    }

    /// 3 for [Control#OPTIMISTIC], 100 for [Control#SERIALIZABLE], 10 for the others, unless
    /// chosen.
    public Builder maxRetries(int newMaxRetries) {
      this.maxRetries = newMaxRetries;
      return this;
    }

    /// Nobody, unless chosen.
    public Builder participants(List<Participant<?>> newParticipants) {
      this.participants = Copies.of("participants", newParticipants);
      return this;
    }

    /// [EngineObserver#NONE], unless chosen.
    public Builder observer(EngineObserver newObserver) {
      this.observer = Objects.requireNonNull(newObserver, "observer");
      return this;
    }

    /// Settings of what was chosen; checks all of it.
    public EngineSettings build() {
      return new EngineSettings(
          control,
          tenantControls,
          workers,
          laneCapacity,
          batchCommands,
          batchRows,
          batchLockTimeout,
          lockTimeout,
          statementTimeout,
          transactionTimeout,
          idleTimeout,
          resolveTimeout,
          sweepInterval,
          maxRetries,
          participants,
          observer);
    }
  }
}
