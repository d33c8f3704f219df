package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class SerializableInterruptTest extends InterruptContract {
  @Override
  protected Control control() {
    return Control.SERIALIZABLE;
  }
}
