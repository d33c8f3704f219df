package io.holdfast.proof.workload;

/// What a scenario does to the shop or to the way there.
public enum Fault {
  NONE,
  /// The first answer to every key is lost after the shop gave it.
  LOSE_FIRST_RESPONSE,
  /// The same for one key in four.
  LOSE_SOME_RESPONSES,
  /// One node is killed in the middle and started again.
  KILL_NODE;

  /// To one key in how many the first answer is lost; 0: to none.
  public int losesOneIn() {
    return switch (this) {
      case LOSE_FIRST_RESPONSE -> 1;
      case LOSE_SOME_RESPONSES -> 4;
      case NONE, KILL_NODE -> 0;
    };
  }
}
