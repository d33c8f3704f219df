package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class CombinedOwnReservationsTest extends OwnReservationsContract {
  @Override
  protected Control control() {
    return Control.COMBINED;
  }
}
