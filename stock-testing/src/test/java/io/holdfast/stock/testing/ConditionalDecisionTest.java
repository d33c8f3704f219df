package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class ConditionalDecisionTest extends DecisionContract {
  @Override
  protected Control control() {
    return Control.CONDITIONAL;
  }
}
