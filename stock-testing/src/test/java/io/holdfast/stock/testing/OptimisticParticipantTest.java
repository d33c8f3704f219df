package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class OptimisticParticipantTest extends ParticipantContract {
  @Override
  protected Control control() {
    return Control.OPTIMISTIC;
  }
}
