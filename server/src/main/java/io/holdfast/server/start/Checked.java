package io.holdfast.server.start;

/// A command that can say everything that is wrong with its options before it does anything.
interface Checked {
  void check(Problems problems);
}
