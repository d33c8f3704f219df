package io.holdfast.stock.testing;

import io.holdfast.stock.Control;
import io.holdfast.stock.EngineSettings;

class OptimisticSweepingTest extends SweepingContract {
  @Override
  protected Control control() {
    return Control.OPTIMISTIC;
  }

  @Override
  protected int many() {
    return 400;
  }

  @Override
  protected EngineSettings settings() {
    return Patient.of(control());
  }
}
