package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class ConditionalInterruptTest extends InterruptContract {
  @Override
  protected Control control() {
    return Control.CONDITIONAL;
  }
}
