package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class RowLockAnsweringTest extends AnsweringContract {
  @Override
  protected Control control() {
    return Control.ROW_LOCK;
  }
}
