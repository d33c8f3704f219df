package io.holdfast.server.asvs;

import java.util.Arrays;
import java.util.Optional;

/// What is said of a requirement.
enum Verdict {
  /// The evidence would fail if it were not so.
  MET("met"),

  /// What it is about is not there; the remark says why.
  NOT_APPLICABLE("does not apply"),

  /// The remark says what is missing.
  OPEN("open");

  private final String text;

  Verdict(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  static Optional<Verdict> of(String text) {
    return Arrays.stream(values()).filter(verdict -> verdict.text.equals(text)).findFirst();
  }
}
