package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class SerializableParticipantTest extends ParticipantContract {
  @Override
  protected Control control() {
    return Control.SERIALIZABLE;
  }
}
