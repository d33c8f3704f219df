package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class ConditionalFaultTest extends FaultContract {
  @Override
  protected Control control() {
    return Control.CONDITIONAL;
  }
}
