package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class SerializableTogetherTest extends TogetherContract {
  @Override
  protected Control control() {
    return Control.SERIALIZABLE;
  }
}
