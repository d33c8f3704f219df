package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class OptimisticModelTest extends ModelContract {
  @Override
  protected Control control() {
    return Control.OPTIMISTIC;
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
