package io.holdfast.proof.feed;

import io.holdfast.proof.checker.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Everybody is told the same events, one after the other, with no position left out. Pure.
///
/// @param last the position up to which everybody has to be told
public record OneSequence(List<Reading> readings, long last) {
  public OneSequence {
    readings = List.copyOf(readings);
  }

  public Verdict judge() {
    List<String> found = new ArrayList<>();
    Map<Long, CloudEvent> told = new HashMap<>();
    for (Reading reading : readings) {
      reading.faults().forEach(fault -> found.add(reading.reader() + ": " + fault));
      follow(reading, found);
      for (CloudEvent event : reading.events()) {
        CloudEvent other = told.putIfAbsent(event.position(), event);
        if (other == null) {
          event.fault().ifPresent(found::add);
        } else if (!other.json().equals(event.json())) {
          found.add("one is told %s, another %s".formatted(other.json(), event.json()));
        }
      }
    }
    return Verdict.of(
        "up to %d each reader is told each event once, and all the same".formatted(last), found);
  }

  private void follow(Reading reading, List<String> found) {
    long before = reading.after();
    for (CloudEvent event : reading.events()) {
      if (event.position() != before + 1) {
        found.add("%s is told %s behind %d".formatted(reading.reader(), event, before));
      }
      before = event.position();
    }
    if (before < last) {
      found.add(
          "%s is told nothing behind %d, and there are events up to %d"
              .formatted(reading.reader(), before, last));
    }
  }
}
