package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class CombinedTransactionTimeTest extends TransactionTimeContract {
  @Override
  protected Control control() {
    return Control.COMBINED;
  }
}
