package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class OptimisticOwnReservationsTest extends OwnReservationsContract {
  @Override
  protected Control control() {
    return Control.OPTIMISTIC;
  }
}
