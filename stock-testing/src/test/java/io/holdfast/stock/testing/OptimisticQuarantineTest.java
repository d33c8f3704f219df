package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class OptimisticQuarantineTest extends QuarantineContract {
  @Override
  protected Control control() {
    return Control.OPTIMISTIC;
  }
}
