package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class RowLockInterruptTest extends InterruptContract {
  @Override
  protected Control control() {
    return Control.ROW_LOCK;
  }
}
