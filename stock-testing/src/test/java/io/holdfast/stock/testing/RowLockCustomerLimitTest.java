package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class RowLockCustomerLimitTest extends CustomerLimitContract {
  @Override
  protected Control control() {
    return Control.ROW_LOCK;
  }
}
