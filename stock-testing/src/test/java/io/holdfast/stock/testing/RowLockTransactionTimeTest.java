package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class RowLockTransactionTimeTest extends TransactionTimeContract {
  @Override
  protected Control control() {
    return Control.ROW_LOCK;
  }
}
