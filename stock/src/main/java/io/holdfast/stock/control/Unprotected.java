package io.holdfast.stock.control;

import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.store.Locking;
import io.holdfast.stock.transaction.Decider;
import io.holdfast.stock.transaction.LockOptions;
import io.holdfast.stock.transaction.Request;
import java.util.List;

/// One command per transaction and no lock: two that read the same count both write their own idea
/// of it, and one sale is forgotten. It oversells, and exists so that a prover can be seen to catch
/// it.
final class Unprotected extends OnePerTransaction {
  private final EngineSettings settings;

  Unprotected(Decider decider, EngineSettings settings) {
    super(decider, settings);
    this.settings = settings;
  }

  @Override
  void decide(Decider decider, Request request) {
    decider
        .decide(List.of(request), LockOptions.of(Locking.NONE, settings.lockTimeout()))
        .forEach((held, row) -> decider.fail(held, Failures.held(row)));
  }
}
