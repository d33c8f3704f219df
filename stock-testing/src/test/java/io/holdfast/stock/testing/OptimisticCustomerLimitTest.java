package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class OptimisticCustomerLimitTest extends CustomerLimitContract {
  @Override
  protected Control control() {
    return Control.OPTIMISTIC;
  }
}
