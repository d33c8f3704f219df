package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class RowLockParticipantTest extends ParticipantContract {
  @Override
  protected Control control() {
    return Control.ROW_LOCK;
  }
}
