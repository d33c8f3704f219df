package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class OptimisticFaultTest extends FaultContract {
  @Override
  protected Control control() {
    return Control.OPTIMISTIC;
  }
}
