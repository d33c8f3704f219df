package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class ConditionalTransactionTimeTest extends TransactionTimeContract {
  @Override
  protected Control control() {
    return Control.CONDITIONAL;
  }
}
