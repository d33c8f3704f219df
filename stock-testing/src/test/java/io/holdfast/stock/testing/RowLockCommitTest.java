package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class RowLockCommitTest extends CommitContract {
  @Override
  protected Control control() {
    return Control.ROW_LOCK;
  }
}
