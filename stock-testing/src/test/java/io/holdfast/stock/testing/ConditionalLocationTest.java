package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class ConditionalLocationTest extends LocationContract {
  @Override
  protected Control control() {
    return Control.CONDITIONAL;
  }
}
