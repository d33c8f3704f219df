package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class SerializableDecisionTest extends DecisionContract {
  @Override
  protected Control control() {
    return Control.SERIALIZABLE;
  }
}
