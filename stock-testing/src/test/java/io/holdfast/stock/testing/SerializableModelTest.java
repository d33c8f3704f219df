package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class SerializableModelTest extends ModelContract {
  @Override
  protected Control control() {
    return Control.SERIALIZABLE;
  }
}
