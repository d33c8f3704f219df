package io.holdfast.proof.report;

/// What a run, or all of them, amounts to, and the exit code that says so.
public enum Conclusion {
  PROVEN(0),
  VIOLATED(1),
  /// Nothing was violated, but too little was exercised to say more.
  INCONCLUSIVE(3);

  private final int exitCode;

  Conclusion(int exitCode) {
    this.exitCode = exitCode;
  }

  public int exitCode() {
    return exitCode;
  }
}
