package io.holdfast.stock.transaction;

import io.holdfast.stock.Answer;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.StockFailure;

/// What is to be told to one caller.
sealed interface Verdict {
  /// Whether it tells of something that the transaction writes.
  boolean isEffect();

  record Answered(Answer answer) implements Verdict {
    @Override
    public boolean isEffect() {
      return answer.outcome() instanceof Outcome.Effect && !answer.replayed();
    }
  }

  record Failed(StockFailure failure) implements Verdict {
    @Override
    public boolean isEffect() {
      return false;
    }
  }
}
