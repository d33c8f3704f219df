package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class CombinedParticipantTest extends ParticipantContract {
  @Override
  protected Control control() {
    return Control.COMBINED;
  }
}
