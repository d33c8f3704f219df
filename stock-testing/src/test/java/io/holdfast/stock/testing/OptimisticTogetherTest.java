package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class OptimisticTogetherTest extends TogetherContract {
  @Override
  protected Control control() {
    return Control.OPTIMISTIC;
  }
}
