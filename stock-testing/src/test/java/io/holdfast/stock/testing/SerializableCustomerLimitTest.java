package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class SerializableCustomerLimitTest extends CustomerLimitContract {
  @Override
  protected Control control() {
    return Control.SERIALIZABLE;
  }
}
