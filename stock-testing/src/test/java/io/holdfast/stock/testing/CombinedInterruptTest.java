package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class CombinedInterruptTest extends InterruptContract {
  @Override
  protected Control control() {
    return Control.COMBINED;
  }
}
