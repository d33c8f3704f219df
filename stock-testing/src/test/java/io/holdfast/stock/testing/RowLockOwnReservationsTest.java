package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class RowLockOwnReservationsTest extends OwnReservationsContract {
  @Override
  protected Control control() {
    return Control.ROW_LOCK;
  }
}
