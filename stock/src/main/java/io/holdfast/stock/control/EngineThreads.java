package io.holdfast.stock.control;

/// One engine's own threads, on which callers are answered. None of them may wait for all answers:
/// it would wait for itself.
final class EngineThreads {
  private final ThreadGroup group = new ThreadGroup("holdfast");

  Thread.Builder.OfPlatform builder() {
    return Thread.ofPlatform().group(group).daemon();
  }

  boolean areCurrent() {
    return group.equals(Thread.currentThread().getThreadGroup());
  }
}
