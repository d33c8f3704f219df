package io.holdfast.stock;

/// Keeps what an observer throws, errors included, from whoever tells it something.
final class Quietly {
  private Quietly() {}

  /// @param log where it is said
  static void tell(System.Logger log, Runnable observer) {
    try {
      observer.run();
    } catch (RuntimeException | Error e) {
      log.log(System.Logger.Level.WARNING, "the observer threw", e);
    }
  }
}
