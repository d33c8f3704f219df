package io.holdfast.proof.outbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.proof.checker.Verdict;
import io.holdfast.proof.feed.CloudEvent;
import io.holdfast.proof.history.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is told of one thing is told in the order in which it happened: the steps of an order are
/// legal ones, versions go up, and the last one that is told is what there is. Pure.
final class SubjectOrder {
  /// The types that may come behind another one. An order that expired may be paid if the tenant's
  /// policy reserves again.
  private static final Map<String, Set<String>> NEXT =
      Map.ofEntries(
          Map.entry("order.placed", Set.of("order.paid", "order.cancelled", "order.expired")),
          Map.entry("order.paid", Set.of("order.fulfilled", "order.cancelled")),
          Map.entry(
              "order.fulfilled", Set.of("order.fulfilled", "order.cancelled", "order.returned")),
          Map.entry("order.returned", Set.of("order.fulfilled", "order.returned")),
          Map.entry("order.cancelled", Set.of()),
          Map.entry("order.expired", Set.of("order.paid")),
          Map.entry(
              "reservation.reserved",
              Set.of("reservation.committed", "reservation.released", "reservation.expired")),
          Map.entry("reservation.committed", Set.of()),
          Map.entry("reservation.released", Set.of()),
          Map.entry("reservation.expired", Set.of()));

  private static final Set<String> FIRST = Set.of("order.placed", "reservation.reserved");
  private static final String LEVEL = "stock.changed";

  private final List<CloudEvent> lives;
  private final List<CloudEvent> stock;
  private final Map<String, Level> levels;
  private final List<String> found = new ArrayList<>();

  /// @param lives of the orders and reservations of the run
  /// @param stock what is told of any level
  /// @param levels those of the run as they are in the end, by subject
  SubjectOrder(List<CloudEvent> lives, List<CloudEvent> stock, Map<String, Level> levels) {
    this.lives = List.copyOf(lives);
    this.stock = List.copyOf(stock);
    this.levels = Map.copyOf(levels);
  }

  Verdict judge() {
    found.clear();
    Map<String, CloudEvent> latest = new HashMap<>();
    lives.forEach(event -> follow(event, latest.put(event.subject(), event)));
    stock.forEach(event -> rise(event, latest.put(event.subject(), event)));
    levels.forEach(this::compare);
    return Verdict.of("events of one subject are in order, up to what there is now", found);
  }

  private void follow(CloudEvent event, @Nullable CloudEvent before) {
    boolean isLegal =
        before == null
            ? FIRST.contains(event.type())
            : NEXT.getOrDefault(before.type(), Set.of()).contains(event.type());
    if (!isLegal) {
      found.add(
          before == null ? event + " comes first" : "%s comes behind %s".formatted(event, before));
    } else if (event.subject().startsWith("orders/") && !isNextVersion(event, before)) {
      found.add("%s is told as %s".formatted(event, event.data().path("order")));
    }
  }

  /// Each step makes the next version. To expire is none: nobody does anything to the order.
  private static boolean isNextVersion(CloudEvent event, @Nullable CloudEvent before) {
    JsonNode order = event.data().path("order");
    long version = order.path("version").longValue();
    long last = before == null ? 0 : before.data().path("order").path("version").longValue();
    return event.type().equals("order.expired")
        ? order.path("state").asText().equals("expired") && version >= last
        : version == last + 1;
  }

  private void rise(CloudEvent event, @Nullable CloudEvent before) {
    if (before != null && version(event) <= version(before)) {
      found.add(
          "%s tells of version %d behind %s, of version %d"
              .formatted(event, version(event), before, version(before)));
    }
  }

  private static long version(CloudEvent event) {
    return event.data().path("version").longValue();
  }

  private void compare(String subject, Level level) {
    Optional<JsonNode> last =
        stock.stream()
            .filter(event -> event.subject().equals(subject))
            .reduce((_, later) -> later)
            .map(CloudEvent::data);
    boolean isSame =
        last.filter(
                data ->
                    data.path("version").longValue() == level.version()
                        && data.path("on_hand").longValue() == level.onHand()
                        && data.path("reserved").longValue() == level.reserved())
            .isPresent();
    if (!isSame) {
      found.add(
          "%s is %s, and the last %s says %s"
              .formatted(subject, level, LEVEL, last.map(JsonNode::toString).orElse("nothing")));
    }
  }
}
