package io.holdfast.stock.testing;

import io.holdfast.stock.Control;
import io.holdfast.stock.EngineSettings;

class SerializableModelTest extends ModelContract {
  @Override
  protected Control control() {
    return Control.SERIALIZABLE;
  }

  @Override
  protected int sequences() {
    return 200;
  }

  @Override
  protected boolean decidesInOrder() {
    return false;
  }

  @Override
  protected EngineSettings settings() {
    return Patient.of(control());
  }
}
