package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class ConditionalTogetherTest extends TogetherContract {
  @Override
  protected Control control() {
    return Control.CONDITIONAL;
  }
}
