package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class ConditionalOwnReservationsTest extends OwnReservationsContract {
  @Override
  protected Control control() {
    return Control.CONDITIONAL;
  }
}
