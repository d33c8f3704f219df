package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class RowLockQuarantineTest extends QuarantineContract {
  @Override
  protected Control control() {
    return Control.ROW_LOCK;
  }
}
