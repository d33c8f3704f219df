package io.holdfast.proof.checker;

import java.util.List;

/// What snapshots of the database showed during and after the run.
public sealed interface RowFindings {

  /// @param oversold levels with less than nothing, or more reserved than there is
  /// @param unbalanced levels that differ from the sum of their movements
  /// @param vanished items of which transfers have made more or less
  /// @param partial reservations without all of their movements, or movements without theirs
  /// @param overdue reservations still held long after their time, or expired before it
  /// @param unguarded constraints that are missing, changes of the ledger that were let through
  record Asked(
      int snapshots,
      List<String> oversold,
      List<String> unbalanced,
      List<String> vanished,
      List<String> partial,
      List<String> overdue,
      List<String> unguarded)
      implements RowFindings {
    public Asked {
      oversold = List.copyOf(oversold);
      unbalanced = List.copyOf(unbalanced);
      vanished = List.copyOf(vanished);
      partial = List.copyOf(partial);
      overdue = List.copyOf(overdue);
      unguarded = List.copyOf(unguarded);
    }
  }

  record NotAsked(String why) implements RowFindings {}
}
