package io.holdfast.proof.history;

/// One line of a history. `process` is one buyer; `time` is in nanoseconds of [Ticker].
public record Event(int process, EventType type, Action f, Details value, long time) {}
