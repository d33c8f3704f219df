package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class ConditionalQuarantineTest extends QuarantineContract {
  @Override
  protected Control control() {
    return Control.CONDITIONAL;
  }
}
