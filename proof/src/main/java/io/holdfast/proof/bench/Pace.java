package io.holdfast.proof.bench;

/// How long everything is measured.
///
/// @param engineSeconds for each measure of the table in process, which warms up by itself
/// @param nodeWarmUpMillis load before the first measure over HTTP: a fresh JVM is slow
/// @param warmUpMillis before each measure over HTTP
/// @param measuredMillis for each measure over HTTP
record Pace(
    boolean isQuick,
    double engineSeconds,
    int nodeWarmUpMillis,
    int warmUpMillis,
    int measuredMillis) {

  static Pace of(boolean isQuick) {
    return isQuick
        ? new Pace(true, 3, 6_000, 1_000, 3_000)
        : new Pace(false, 10, 20_000, 3_000, 10_000);
  }

  /// The same with a measure of `seconds`, and all else in proportion.
  Pace with(double seconds) {
    double part = seconds / engineSeconds;
    return new Pace(
        isQuick,
        seconds,
        (int) (nodeWarmUpMillis * part),
        (int) (warmUpMillis * part),
        (int) (measuredMillis * part));
  }
}
