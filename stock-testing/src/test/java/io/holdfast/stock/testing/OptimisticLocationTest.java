package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class OptimisticLocationTest extends LocationContract {
  @Override
  protected Control control() {
    return Control.OPTIMISTIC;
  }
}
