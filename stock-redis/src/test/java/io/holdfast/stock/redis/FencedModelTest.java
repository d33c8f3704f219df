package io.holdfast.stock.redis;

import io.holdfast.stock.Control;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.testing.ModelContract;

class FencedModelTest extends ModelContract {
  @Override
  protected Control control() {
    return Control.FENCED_LOCK;
  }

  @Override
  protected EngineSettings usual() {
    return TestRedis.settings();
  }

  /// Each command has several round trips more than under the other controls.
  @Override
  protected int sequences() {
    return 40;
  }
}
