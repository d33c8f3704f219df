package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class RowLockModelTest extends ModelContract {
  @Override
  protected Control control() {
    return Control.ROW_LOCK;
  }
}
