package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class CombinedModelTest extends ModelContract {
  @Override
  protected Control control() {
    return Control.COMBINED;
  }

  @Override
  protected int sequences() {
    return 2_000;
  }

  @Override
  protected boolean decidesInOrder() {
    return true;
  }
}
