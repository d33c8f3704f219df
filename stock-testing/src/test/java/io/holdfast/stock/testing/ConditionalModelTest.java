package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class ConditionalModelTest extends ModelContract {
  @Override
  protected Control control() {
    return Control.CONDITIONAL;
  }
}
