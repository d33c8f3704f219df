package io.holdfast.proof.workload;

/// What a scenario does to the shop or to the way there.
public enum Fault {
  NONE,
  /// The first answer to every key is lost after the shop gave it.
  LOSE_FIRST_RESPONSE,
  /// One node is killed in the middle and started again.
  KILL_NODE
}
