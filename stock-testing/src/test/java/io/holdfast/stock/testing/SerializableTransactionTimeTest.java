package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class SerializableTransactionTimeTest extends TransactionTimeContract {
  @Override
  protected Control control() {
    return Control.SERIALIZABLE;
  }
}
