package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class RowLockSweepingTest extends SweepingContract {
  @Override
  protected Control control() {
    return Control.ROW_LOCK;
  }
}
