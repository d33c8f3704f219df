package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class CombinedCommitTest extends CommitContract {
  @Override
  protected Control control() {
    return Control.COMBINED;
  }
}
