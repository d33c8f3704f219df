package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class SerializableSweepingTest extends SweepingContract {
  @Override
  protected Control control() {
    return Control.SERIALIZABLE;
  }
}
