package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class CombinedCustomerLimitTest extends CustomerLimitContract {
  @Override
  protected Control control() {
    return Control.COMBINED;
  }
}
