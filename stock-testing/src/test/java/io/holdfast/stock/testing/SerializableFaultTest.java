package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class SerializableFaultTest extends FaultContract {
  @Override
  protected Control control() {
    return Control.SERIALIZABLE;
  }
}
