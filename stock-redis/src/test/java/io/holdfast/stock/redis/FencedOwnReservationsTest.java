package io.holdfast.stock.redis;

import io.holdfast.stock.Control;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.testing.OwnReservationsContract;

class FencedOwnReservationsTest extends OwnReservationsContract {
  @Override
  protected Control control() {
    return Control.FENCED_LOCK;
  }

  @Override
  protected EngineSettings usual() {
    return TestRedis.settings();
  }
}
