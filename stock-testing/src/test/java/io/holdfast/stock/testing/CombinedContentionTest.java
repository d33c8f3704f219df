package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class CombinedContentionTest extends ContentionContract {
  @Override
  protected Control control() {
    return Control.COMBINED;
  }
}
