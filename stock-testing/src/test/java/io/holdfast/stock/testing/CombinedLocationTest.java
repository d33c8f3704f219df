package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class CombinedLocationTest extends LocationContract {
  @Override
  protected Control control() {
    return Control.COMBINED;
  }
}
