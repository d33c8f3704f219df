package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class RowLockLocationTest extends LocationContract {
  @Override
  protected Control control() {
    return Control.ROW_LOCK;
  }
}
