package io.holdfast.stock.testing;

import io.holdfast.stock.Control;
import io.holdfast.stock.EngineSettings;

class SerializableAnsweringTest extends AnsweringContract {
  @Override
  protected Control control() {
    return Control.SERIALIZABLE;
  }

  @Override
  protected EngineSettings settings() {
    return Patient.of(control());
  }
}
