package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class ConditionalParticipantTest extends ParticipantContract {
  @Override
  protected Control control() {
    return Control.CONDITIONAL;
  }
}
