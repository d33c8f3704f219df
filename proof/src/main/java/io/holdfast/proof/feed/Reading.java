package io.holdfast.proof.feed;

import java.util.List;

/// What one reader was told, in the order in which it was told.
///
/// @param after the position that it began behind
/// @param faults what was wrong with how it was told
/// @param resumed how often it was cut off and went on where it had been
public record Reading(
    String reader, long after, List<CloudEvent> events, List<String> faults, int resumed) {
  public Reading {
    events = List.copyOf(events);
    faults = List.copyOf(faults);
  }

  /// The last one that it was told.
  public long last() {
    return events.isEmpty() ? after : events.getLast().position();
  }
}
