package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class ConditionalContentionTest extends ContentionContract {
  @Override
  protected Control control() {
    return Control.CONDITIONAL;
  }
}
