package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class OptimisticContentionTest extends ContentionContract {
  @Override
  protected Control control() {
    return Control.OPTIMISTIC;
  }
}
