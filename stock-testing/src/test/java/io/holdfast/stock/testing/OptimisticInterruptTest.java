package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class OptimisticInterruptTest extends InterruptContract {
  @Override
  protected Control control() {
    return Control.OPTIMISTIC;
  }
}
