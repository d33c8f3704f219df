package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class OptimisticCommitTest extends CommitContract {
  @Override
  protected Control control() {
    return Control.OPTIMISTIC;
  }
}
