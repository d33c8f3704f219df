package io.holdfast.proof.proxy;

/// What becomes of a connection at COMMIT.
enum CommitCut {
  NOT,
  BEFORE_IT_IS_SENT,
  BEFORE_IT_IS_ANSWERED
}
