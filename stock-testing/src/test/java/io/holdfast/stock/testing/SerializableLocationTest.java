package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class SerializableLocationTest extends LocationContract {
  @Override
  protected Control control() {
    return Control.SERIALIZABLE;
  }
}
