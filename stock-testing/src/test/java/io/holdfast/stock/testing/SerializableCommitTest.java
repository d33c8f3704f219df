package io.holdfast.stock.testing;

import io.holdfast.stock.Control;

class SerializableCommitTest extends CommitContract {
  @Override
  protected Control control() {
    return Control.SERIALIZABLE;
  }
}
