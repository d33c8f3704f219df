package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class RowLockModelTest extends ModelContract {
  @Override
  protected Control control() {
    return Control.ROW_LOCK;
  }

  @Override
  protected int sequences() {
    return 200;
  }

  @Override
  protected boolean decidesInOrder() {
    return false;
  }
}
