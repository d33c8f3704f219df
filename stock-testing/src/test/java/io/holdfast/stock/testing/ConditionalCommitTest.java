package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class ConditionalCommitTest extends CommitContract {
  @Override
  protected Control control() {
    return Control.CONDITIONAL;
  }
}
