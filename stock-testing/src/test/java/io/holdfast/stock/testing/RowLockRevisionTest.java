package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class RowLockRevisionTest extends RevisionContract {
  @Override
  protected Control control() {
    return Control.ROW_LOCK;
  }
}
