package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class CombinedSweepingTest extends SweepingContract {
  @Override
  protected Control control() {
    return Control.COMBINED;
  }

  @Override
  protected int many() {
    return 5_000;
  }
}
