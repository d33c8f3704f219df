package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class ConditionalCustomerLimitTest extends CustomerLimitContract {
  @Override
  protected Control control() {
    return Control.CONDITIONAL;
  }
}
