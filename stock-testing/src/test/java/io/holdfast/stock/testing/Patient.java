package io.holdfast.stock.testing;

import io.holdfast.stock.Control;
import io.holdfast.stock.EngineSettings;

/// Settings for controls that give up when others were faster too often: the contract is about what
/// they answer when they do not.
final class Patient {
  private static final int RETRIES = 10_000;

  private Patient() {}

  static EngineSettings of(Control control) {
    return EngineSettings.of(control).with().maxRetries(RETRIES).build();
  }
}
