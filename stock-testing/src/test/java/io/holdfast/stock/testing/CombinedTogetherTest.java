package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class CombinedTogetherTest extends TogetherContract {
  @Override
  protected Control control() {
    return Control.COMBINED;
  }
}
