package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class RowLockContentionTest extends ContentionContract {
  @Override
  protected Control control() {
    return Control.ROW_LOCK;
  }
}
