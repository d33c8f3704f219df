package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class OptimisticModelTest extends ModelContract {
  @Override
  protected Control control() {
    return Control.OPTIMISTIC;
  }
}
