package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class OptimisticSweepingTest extends SweepingContract {
  @Override
  protected Control control() {
    return Control.OPTIMISTIC;
  }
}
