package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class OptimisticTransactionTimeTest extends TransactionTimeContract {
  @Override
  protected Control control() {
    return Control.OPTIMISTIC;
  }
}
