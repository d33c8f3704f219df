package io.holdfast.stock.testing;

import io.holdfast.stock.Control;
import io.holdfast.stock.EngineSettings;

class OptimisticAnsweringTest extends AnsweringContract {
  @Override
  protected Control control() {
    return Control.OPTIMISTIC;
  }

  @Override
  protected EngineSettings settings() {
    return Patient.of(control());
  }
}
