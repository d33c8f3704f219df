package io.holdfast.stock;

import java.time.Duration;
import java.util.List;

/// How an engine works, with the limit of everything that could wait or grow.
///
/// @param control how read, decide, write is made atomic
/// @param workers how many transactions run at once at most; each takes one connection
/// @param laneCapacity commands that may wait per tenant; past it the answer is "busy"
/// @param batchCommands commands per transaction at most
/// @param batchRows reservation lines per transaction at most
/// @param batchLockTimeout how long a batch waits for a row before it goes on without it
/// @param lockTimeout how long a command waits for a row when it waits alone
/// @param statementTimeout how long one statement may take
/// @param sweepInterval how often due reservations are looked for; zero: never by this engine
public record EngineSettings(
    Control control,
    int workers,
    int laneCapacity,
    int batchCommands,
    int batchRows,
    Duration batchLockTimeout,
    Duration lockTimeout,
    Duration statementTimeout,
    Duration sweepInterval,
    List<Participant<?>> participants,
    EngineObserver observer) {

  public EngineSettings {
    participants = List.copyOf(participants);
    if (workers < 1 || laneCapacity < 1 || batchCommands < 1 || batchRows < Command.MAX_LINES) {
      throw new IllegalArgumentException(
          "an engine needs at least one worker, one place in the lane, one command per batch and "
              + Command.MAX_LINES
              + " rows per batch");
    }
  }

  public static EngineSettings of(Control control) {
    return new EngineSettings(
        control,
        8,
        20_000,
        1_000,
        4_000,
        Duration.ofMillis(100),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(1),
        List.of(),
        EngineObserver.NONE);
  }

  public EngineSettings withWorkers(int newWorkers) {
    return new EngineSettings(
        control,
        newWorkers,
        laneCapacity,
        batchCommands,
        batchRows,
        batchLockTimeout,
        lockTimeout,
        statementTimeout,
        sweepInterval,
        participants,
        observer);
  }

  public EngineSettings withLaneCapacity(int newLaneCapacity) {
    return new EngineSettings(
        control,
        workers,
        newLaneCapacity,
        batchCommands,
        batchRows,
        batchLockTimeout,
        lockTimeout,
        statementTimeout,
        sweepInterval,
        participants,
        observer);
  }

  public EngineSettings withSweepInterval(Duration newSweepInterval) {
    return new EngineSettings(
        control,
        workers,
        laneCapacity,
        batchCommands,
        batchRows,
        batchLockTimeout,
        lockTimeout,
        statementTimeout,
        newSweepInterval,
        participants,
        observer);
  }

  public EngineSettings withParticipants(List<Participant<?>> newParticipants) {
    return new EngineSettings(
        control,
        workers,
        laneCapacity,
        batchCommands,
        batchRows,
        batchLockTimeout,
        lockTimeout,
        statementTimeout,
        sweepInterval,
        newParticipants,
        observer);
  }

  public EngineSettings withObserver(EngineObserver newObserver) {
    return new EngineSettings(
        control,
        workers,
        laneCapacity,
        batchCommands,
        batchRows,
        batchLockTimeout,
        lockTimeout,
        statementTimeout,
        sweepInterval,
        participants,
        newObserver);
  }
}
