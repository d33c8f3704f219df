package io.holdfast.stock;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How an engine works, with the limit of everything that could wait or grow. Made by [#of] and
/// changed by [#with]: what is not chosen is as usual, and so is what a later version adds. Every
/// duration is at least a millisecond, but for the interval of the sweeps.
public final class EngineSettings {
  private final Control control;
  private final Map<TenantId, Control> tenantControls;
  private final int workers;
  private final int laneCapacity;
  private final int laneBatches;
  private final int batchCommands;
  private final int batchRows;
  private final Duration batchLockTimeout;
  private final Duration lockTimeout;
  private final Duration statementTimeout;
  private final Duration transactionTimeout;
  private final Duration idleTimeout;
  private final Duration resolveTimeout;
  private final Duration sweepInterval;
  private final int maxRetries;
  private final List<Participant<?>> participants;
  private final List<Attachment> expiryAttachments;
  private final @Nullable StockMutex mutex;
  private final EngineObserver observer;

  private EngineSettings(Builder chosen) {
    control = chosen.control;
    tenantControls = chosen.tenantControls;
    workers = Limits.checked("workers", chosen.workers, 1);
    laneCapacity = Limits.checked("laneCapacity", chosen.laneCapacity, 1);
    laneBatches = Limits.checked("laneBatches", chosen.laneBatches, 1);
    batchCommands = Limits.checked("batchCommands", chosen.batchCommands, 1);
    batchRows = Limits.checked("batchRows", chosen.batchRows, Command.MAX_LINES);
    batchLockTimeout = Limits.checked("batchLockTimeout", chosen.batchLockTimeout);
    lockTimeout = Limits.checked("lockTimeout", chosen.lockTimeout);
    statementTimeout = Limits.checked("statementTimeout", chosen.statementTimeout);
    transactionTimeout = Limits.checked("transactionTimeout", chosen.transactionTimeout);
    idleTimeout = Limits.checked("idleTimeout", chosen.idleTimeout);
    resolveTimeout = Limits.checked("resolveTimeout", chosen.resolveTimeout);
    sweepInterval =
        chosen.sweepInterval.isZero()
            ? Duration.ZERO
            : Limits.checked("sweepInterval", chosen.sweepInterval);
    maxRetries = Limits.checked("maxRetries", chosen.maxRetries, 0);
    participants = chosen.participants;
    expiryAttachments = chosen.expiryAttachments;
    mutex = chosen.mutex;
    if (mutex == null && controls().contains(Control.FENCED_LOCK)) {
      throw new IllegalArgumentException("the control fenced-lock needs a mutex");
    }
    observer = QuietObserver.of(chosen.observer);
  }

  /// The usual limits.
  public static EngineSettings of(Control control) {
    return new Builder(control).build();
  }

  /// The same, to be changed before they are complete.
  public static Builder with(Control control) {
    return new Builder(control);
  }

  /// A builder that has these settings, to change some of them.
  public Builder with() {
    return new Builder(this);
  }

  /// How read, decide, write is made atomic.
  public Control control() {
    return control;
  }

  /// Tenants for whom it is another one; controls in use share the workers.
  public Map<TenantId, Control> tenantControls() {
    return tenantControls;
  }

  /// How many transactions run at once at most; each takes one connection.
  public int workers() {
    return workers;
  }

  /// Commands that may wait per tenant, for their turn or for a row that somebody outside holds,
  /// and for that at most half of them; past it the answer is "busy", but for up to a tenth more
  /// commands that touch no row for which anybody waits in the queue.
  public int laneCapacity() {
    return laneCapacity;
  }

  /// Batches of one tenant's commands at once at most, which touch different rows so far as that
  /// can be known before, and as many of what is asked in the background. More than the database
  /// has processors to work with makes batches smaller and all of it slower.
  public int laneBatches() {
    return laneBatches;
  }

  /// Commands per transaction at most.
  public int batchCommands() {
    return batchCommands;
  }

  /// Reservation lines per transaction at most, and as many levels, however many an item has that a
  /// line without a location is served from. What the first command needs is never too much.
  public int batchRows() {
    return batchRows;
  }

  /// How long a batch waits for a row before it goes on without it.
  public Duration batchLockTimeout() {
    return batchLockTimeout;
  }

  /// How long a command waits for a row when it waits alone.
  public Duration lockTimeout() {
    return lockTimeout;
  }

  /// How long one statement may take.
  public Duration statementTimeout() {
    return statementTimeout;
  }

  /// How long a transaction may last, from before it begins to the sending of its COMMIT; past it
  /// all of it is rolled back, and the answer is "busy". A participant that goes on beyond it is
  /// stopped at its next statement: by the database, or, before version 17 of it, by a statement or
  /// a pause of its own that is too long, and otherwise when it returns.
  public Duration transactionTimeout() {
    return transactionTimeout;
  }

  /// How long the database lets a transaction wait for its node's next statement.
  public Duration idleTimeout() {
    return idleTimeout;
  }

  /// How long the fate of a COMMIT that was not answered is asked for.
  public Duration resolveTimeout() {
    return resolveTimeout;
  }

  /// How often due reservations are looked for; zero: never by this engine.
  public Duration sweepInterval() {
    return sweepInterval;
  }

  /// How often a transaction is done again that another one was faster than; past it the answer is
  /// "busy".
  public int maxRetries() {
    return maxRetries;
  }

  /// Who takes part in each transaction, in the order in which they lock.
  public List<Participant<?>> participants() {
    return participants;
  }

  /// What each expiry of a due reservation carries, for participants: nobody else asks for those.
  public List<Attachment> expiryAttachments() {
    return expiryAttachments;
  }

  /// The locks outside of the database, which the control `fenced-lock` needs. They stay open when
  /// the engine closes.
  public Optional<StockMutex> mutex() {
    return Optional.ofNullable(mutex);
  }

  /// Told what happens; what it throws goes no further than the log.
  public EngineObserver observer() {
    return observer;
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
      case COMBINED, ROW_LOCK, CONDITIONAL, FENCED_LOCK, UNPROTECTED -> 10;
    };
  }

  /// Changes what is to be other than usual.
  public static final class Builder {
    private final Control control;
    private Map<TenantId, Control> tenantControls = Map.of();
    private int workers = 8;
    private int laneCapacity = 20_000;
    private int laneBatches = 2;
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
    private List<Attachment> expiryAttachments = List.of();
    private @Nullable StockMutex mutex;
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
      this.laneBatches = settings.laneBatches;
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
      this.expiryAttachments = settings.expiryAttachments;
      this.mutex = settings.mutex;
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

    /// 2, unless chosen.
    public Builder laneBatches(int newLaneBatches) {
      this.laneBatches = newLaneBatches;
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

    /// Nothing, unless chosen.
    public Builder expiryAttachments(List<Attachment> newExpiryAttachments) {
      this.expiryAttachments = Copies.of("expiryAttachments", newExpiryAttachments);
      return this;
    }

    /// None, unless chosen.
    public Builder mutex(StockMutex newMutex) {
      this.mutex = Objects.requireNonNull(newMutex, "mutex");
      return this;
    }

    /// [EngineObserver#NONE], unless chosen.
    public Builder observer(EngineObserver newObserver) {
      this.observer = Objects.requireNonNull(newObserver, "observer");
      return this;
    }

    /// Settings of what was chosen; checks all of it.
    public EngineSettings build() {
      return new EngineSettings(this);
    }
  }
}
