package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class ConditionalRevisionTest extends RevisionContract {
  @Override
  protected Control control() {
    return Control.CONDITIONAL;
  }
}
