package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class SerializableAnsweringTest extends AnsweringContract {
  @Override
  protected Control control() {
    return Control.SERIALIZABLE;
  }
}
