package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class CombinedDecisionTest extends DecisionContract {
  @Override
  protected Control control() {
    return Control.COMBINED;
  }
}
