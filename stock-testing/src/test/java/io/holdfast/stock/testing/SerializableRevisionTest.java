package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class SerializableRevisionTest extends RevisionContract {
  @Override
  protected Control control() {
    return Control.SERIALIZABLE;
  }
}
