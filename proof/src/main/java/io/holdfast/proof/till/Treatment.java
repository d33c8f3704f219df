package io.holdfast.proof.till;

/// What becomes of a request when it comes for the first time.
enum Treatment {
  ANSWER,
  /// Done, and answered late.
  DELAY,
  /// Done, and nobody hears of it.
  LOSE_ANSWER,
  /// Not done, and nobody hears of that.
  LOSE_REQUEST,
  /// Not done, which is told as a fault, and told again for the same key.
  FAULT;

  private static final int MIXER = 0x9E3779B9;
  private static final int CASES = 16;

  /// By its name and not by counting: in which order requests arrive is not for us to say.
  static Treatment of(String name) {
    return switch (Math.floorMod((MIXER * name.hashCode()) >> Short.SIZE, CASES)) {
      case 0, 1 -> LOSE_ANSWER;
      case 2, 3 -> LOSE_REQUEST;
      case 4 -> FAULT;
      case 5, 6 -> DELAY;
      default -> ANSWER;
    };
  }

  boolean isAnswered() {
    return this == ANSWER || this == DELAY || this == FAULT;
  }
}
