package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class OptimisticAnsweringTest extends AnsweringContract {
  @Override
  protected Control control() {
    return Control.OPTIMISTIC;
  }
}
