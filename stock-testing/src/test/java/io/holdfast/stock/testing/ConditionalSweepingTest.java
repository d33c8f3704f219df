package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class ConditionalSweepingTest extends SweepingContract {
  @Override
  protected Control control() {
    return Control.CONDITIONAL;
  }
}
