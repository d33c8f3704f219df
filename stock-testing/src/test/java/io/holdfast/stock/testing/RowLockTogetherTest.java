package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class RowLockTogetherTest extends TogetherContract {
  @Override
  protected Control control() {
    return Control.ROW_LOCK;
  }
}
