package io.holdfast.stock.redis;

/// The interrupts of a thread that waits for something that has to be known. They change nothing
/// about the wait, and are there again after it.
final class KeptInterrupts implements AutoCloseable {
  private boolean hasAny;

  /// Before each wait: one that came until now would cut it short.
  void keep() {
    hasAny |= Thread.interrupted();
  }

  @Override
  public void close() {
    if (hasAny) {
      Thread.currentThread().interrupt();
    }
  }
}
