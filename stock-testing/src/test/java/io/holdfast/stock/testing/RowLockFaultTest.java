package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class RowLockFaultTest extends FaultContract {
  @Override
  protected Control control() {
    return Control.ROW_LOCK;
  }
}
