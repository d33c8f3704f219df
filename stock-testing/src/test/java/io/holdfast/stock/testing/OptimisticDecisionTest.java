package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class OptimisticDecisionTest extends DecisionContract {
  @Override
  protected Control control() {
    return Control.OPTIMISTIC;
  }
}
