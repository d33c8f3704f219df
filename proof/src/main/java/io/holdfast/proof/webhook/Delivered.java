package io.holdfast.proof.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.proof.checker.Verdict;
import io.holdfast.proof.feed.CloudEvent;
import io.holdfast.proof.shop.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A webhook is sent each event of orders until it has accepted it, those of one order one after
/// the other, and nothing else. Pure.
///
/// @param feed all events behind the position of the webhook
public record Delivered(Hook hook, List<CloudEvent> feed, List<Delivery> deliveries) {
  /// The types that it is registered for.
  public static final String TYPES = "order.*";

  private static final String KIND = "order.";
  private static final String CONTENT_TYPE = "application/cloudevents+json";
  private static final long SKEW_MILLIS_MAX = 300_000;

  public Delivered {
    feed = List.copyOf(feed);
    deliveries = List.copyOf(deliveries);
  }

  public Verdict judge() {
    List<String> found = new ArrayList<>();
    Map<String, CloudEvent> events = events();
    Map<String, Delivery> first = new LinkedHashMap<>();
    for (Delivery delivery : deliveries) {
      judge(delivery, events.get(delivery.id())).ifPresent(found::add);
      Delivery before = first.putIfAbsent(delivery.id(), delivery);
      if (before != null && !before.body().equals(delivery.body())) {
        found.add(delivery.id() + " had another body in another attempt");
      }
    }
    missing().forEach(event -> found.add("never delivered: " + event));
    found.addAll(outOfOrder());
    return Verdict.of("the webhook got each event of orders, in order for each", found);
  }

  private Optional<String> judge(Delivery delivery, @Nullable CloudEvent event) {
    if (!hook.isSigned(delivery)) {
      return Optional.of(delivery.id() + " is not signed with the secret");
    }
    if (!delivery.header("content-type").startsWith(CONTENT_TYPE) || !isTimely(delivery)) {
      return Optional.of(delivery.id() + " has the headers " + delivery.headers());
    }
    JsonNode body = Json.orMissing(delivery.body());
    if (event == null || !event.json().equals(body)) {
      return Optional.of(
          delivery.id() + " brought " + delivery.body() + ", and in the feed is " + event);
    }
    return Optional.empty();
  }

  private static boolean isTimely(Delivery delivery) {
    String seconds = delivery.header("webhook-timestamp");
    return seconds.matches("\\d{1,12}")
        && Math.abs(Long.parseLong(seconds) * 1_000 - delivery.arrivedMillis()) < SKEW_MILLIS_MAX;
  }

  /// The events that have to be sent, by the id of their delivery.
  private Map<String, CloudEvent> events() {
    return feed.stream()
        .filter(event -> event.type().startsWith(KIND) && event.position() > hook.position())
        .collect(
            Collectors.toMap(this::id, Function.identity(), (one, _) -> one, LinkedHashMap::new));
  }

  private String id(CloudEvent event) {
    return hook.id() + "." + event.position();
  }

  /// The events that were not accepted yet.
  public List<CloudEvent> missing() {
    Map<String, CloudEvent> missing = events();
    deliveries.stream()
        .filter(Delivery::isAccepted)
        .forEach(delivery -> missing.remove(delivery.id()));
    return List.copyOf(missing.values());
  }

  /// Attempts beyond the first one of each event.
  public long retries() {
    return deliveries.size() - deliveries.stream().map(Delivery::id).distinct().count();
  }

  /// Nothing of a subject is sent before what was there before it is accepted.
  private List<String> outOfOrder() {
    Map<String, List<Delivery>> attempts =
        deliveries.stream().collect(Collectors.groupingBy(Delivery::id));
    Map<String, CloudEvent> latest = new LinkedHashMap<>();
    List<String> found = new ArrayList<>();
    for (CloudEvent event : events().values()) {
      CloudEvent before = latest.put(event.subject(), event);
      if (before != null
          && arrived(attempts.getOrDefault(id(event), List.of()))
              < accepted(attempts.getOrDefault(id(before), List.of()))) {
        found.add(event + " was sent before it had accepted " + before);
      }
    }
    return found;
  }

  private static long arrived(List<Delivery> attempts) {
    return attempts.stream().mapToLong(Delivery::arrivedNanos).min().orElse(Long.MAX_VALUE);
  }

  private static long accepted(List<Delivery> attempts) {
    return attempts.stream()
        .filter(Delivery::isAccepted)
        .min(Comparator.comparingLong(Delivery::answeredNanos))
        .map(Delivery::answeredNanos)
        .orElse(Long.MAX_VALUE);
  }
}
