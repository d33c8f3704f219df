package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class CombinedRevisionTest extends RevisionContract {
  @Override
  protected Control control() {
    return Control.COMBINED;
  }
}
