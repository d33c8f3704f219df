package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class ConditionalAnsweringTest extends AnsweringContract {
  @Override
  protected Control control() {
    return Control.CONDITIONAL;
  }
}
