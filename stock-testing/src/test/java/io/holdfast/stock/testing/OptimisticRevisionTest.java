package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class OptimisticRevisionTest extends RevisionContract {
  @Override
  protected Control control() {
    return Control.OPTIMISTIC;
  }
}
