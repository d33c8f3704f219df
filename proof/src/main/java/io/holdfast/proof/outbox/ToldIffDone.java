package io.holdfast.proof.outbox;

import io.holdfast.proof.checker.Verdict;
import io.holdfast.proof.feed.CloudEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Each thing that was acknowledged is told once, as it was answered; what was refused or never
/// asked for is not told. Whose answer nobody knows may be told or not. Pure.
final class ToldIffDone {
  private final List<Write> writes;
  private final List<CloudEvent> events;
  private final Map<Fact, List<CloudEvent>> told;
  private final Map<Fact, Write> done = new LinkedHashMap<>();
  private final Map<String, Write> byKey = new LinkedHashMap<>();
  private final Map<String, Write> makers = new LinkedHashMap<>();

  /// The ids of what something was done to after it was made, or may have been.
  private final Set<String> touched = new HashSet<>();

  /// What is told of: something happened to something.
  private record Fact(String subject, String type) {
    static Fact of(CloudEvent event) {
      return new Fact(event.subject(), event.type());
    }
  }

  /// @param events of the orders and reservations of the run
  ToldIffDone(List<Write> writes, List<CloudEvent> events) {
    this.writes = List.copyOf(writes);
    this.events = List.copyOf(events);
    this.told =
        events.stream()
            .collect(Collectors.groupingBy(Fact::of, LinkedHashMap::new, Collectors.toList()));
    for (Write write : writes) {
      byKey.put(write.key(), write);
      if (write.isAccepted()) {
        write.subject().ifPresent(subject -> note(subject, write));
      }
      if (!write.isRefused()) {
        touched.add(write.about());
      }
    }
  }

  private void note(String subject, Write write) {
    done.put(new Fact(subject, write.act().type()), write);
    if (write.act().isFirst()) {
      makers.put(subject, write);
    }
  }

  private static String id(String subject) {
    return subject.substring(subject.indexOf('/') + 1);
  }

  Verdict judge() {
    List<String> found = new ArrayList<>(missing());
    told.values().stream()
        .filter(same -> same.size() > 1)
        .forEach(same -> found.add("told more than once: " + same));
    for (CloudEvent event : events) {
      Write write = done.get(Fact.of(event));
      if (write != null) {
        differing(event, write).ifPresent(found::add);
      } else {
        untrue(event).ifPresent(found::add);
      }
    }
    return Verdict.of("what was done is told once, and what was not done is not told", found);
  }

  /// What has to be told and is not, yet.
  List<String> missing() {
    List<String> missing = new ArrayList<>();
    done.forEach(
        (fact, write) -> {
          if (!told.containsKey(fact)) {
            missing.add("not told: " + write);
          }
        });
    makers.forEach(
        (subject, write) -> {
          Fact expiry = new Fact(subject, write.act().expiry());
          if (write.isShort() && !touched.contains(id(subject)) && !told.containsKey(expiry)) {
            missing.add("no " + expiry.type() + " is told of " + write);
          }
        });
    return missing;
  }

  private static Optional<String> differing(CloudEvent event, Write write) {
    boolean isSame =
        event.subject().startsWith("orders/")
            ? event.data().path("order").equals(write.answer().json())
            : event.data().path("reservation").asText().equals(id(event.subject()));
    return isSame
        ? Optional.empty()
        : Optional.of(
            "%s tells %s, and the answer was %s"
                .formatted(event, event.data(), write.answer().body()));
  }

  private Optional<String> untrue(CloudEvent event) {
    if (Act.isExpiry(event.type())) {
      return untrueExpiry(event);
    }
    Write write = asked(event);
    if (write == null) {
      return Optional.of("nobody asked for " + event);
    }
    return write.isRefused()
        ? Optional.of("%s tells of what was refused: %s".formatted(event, write))
        : Optional.empty();
  }

  /// What an event without an acknowledged write may be of.
  private @Nullable Write asked(CloudEvent event) {
    Act act = Act.told(event.type()).orElse(null);
    if (act == null) {
      return null;
    }
    return act.isFirst()
        ? byKey.get(key(event))
        : writes.stream()
            .filter(each -> each.act() == act && each.about().equals(id(event.subject())))
            .findFirst()
            .orElse(null);
  }

  /// Of what is made, by itself: `reference` of an order, `customer` of a reservation.
  private static String key(CloudEvent event) {
    return Objects.requireNonNullElse(
        event.data().path("order").path("reference").textValue(),
        event.data().path("customer").asText());
  }

  private Optional<String> untrueExpiry(CloudEvent event) {
    Write made = makers.get(event.subject());
    if (made == null) {
      boolean isOpen = Optional.ofNullable(byKey.get(key(event))).stream().anyMatch(Write::isOpen);
      return isOpen ? Optional.empty() : Optional.of("nobody asked for what ended by " + event);
    }
    Instant due = CloudEvent.instant(made.answer().json().path("expires_at")).orElse(Instant.MAX);
    return event.time().filter(time -> !time.isBefore(due)).isPresent()
        ? Optional.empty()
        : Optional.of("%s is of %s, and it was due at %s".formatted(event, event.time(), due));
  }
}
