package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class SerializableOwnReservationsTest extends OwnReservationsContract {
  @Override
  protected Control control() {
    return Control.SERIALIZABLE;
  }
}
