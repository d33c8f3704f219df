package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class SerializableContentionTest extends ContentionContract {
  @Override
  protected Control control() {
    return Control.SERIALIZABLE;
  }
}
