package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class RowLockDecisionTest extends DecisionContract {
  @Override
  protected Control control() {
    return Control.ROW_LOCK;
  }
}
