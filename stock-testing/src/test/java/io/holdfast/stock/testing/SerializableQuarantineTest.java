package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class SerializableQuarantineTest extends QuarantineContract {
  @Override
  protected Control control() {
    return Control.SERIALIZABLE;
  }
}
