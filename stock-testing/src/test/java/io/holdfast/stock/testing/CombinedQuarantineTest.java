package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class CombinedQuarantineTest extends QuarantineContract {
  @Override
  protected Control control() {
    return Control.COMBINED;
  }
}
