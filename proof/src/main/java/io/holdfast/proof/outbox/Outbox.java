package io.holdfast.proof.outbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.proof.checker.Verdict;
import io.holdfast.proof.feed.CloudEvent;
import io.holdfast.proof.feed.OneSequence;
import io.holdfast.proof.feed.Reading;
import io.holdfast.proof.history.Level;
import io.holdfast.proof.webhook.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// I13: what was done is told, at least once, to whoever reads, listens or is sent it; nothing else
/// is; and of each thing in the order in which it happened. Pure: the same writes and readings give
/// the same verdict.
///
/// @param run names items and keys
/// @param afterwards the feed when all was quiet
/// @param others who have read it meanwhile, to the end
/// @param webhook what was sent, or why nothing was
/// @param levels of the items of the run in the end, by subject
public record Outbox(
    String run,
    List<Write> writes,
    Reading afterwards,
    List<Reading> others,
    Subscription webhook,
    Map<String, Level> levels) {
  /// Fewer would not have got into each other's way.
  private static final int EVENTS_MIN = 500;

  private static final int CONFLICT = 409;
  private static final int GONE = 410;
  private static final String STOCK = "stock.";
  private static final String ORDERS = "orders/";
  private static final String RESERVATIONS = "reservations/";

  public Outbox {
    writes = List.copyOf(writes);
    others = List.copyOf(others);
    levels = Map.copyOf(levels);
  }

  public Verdict judge() {
    List<CloudEvent> lives = lives();
    List<CloudEvent> stock =
        afterwards.events().stream().filter(event -> event.type().startsWith(STOCK)).toList();
    return Verdict.all(
        new OneSequence(
                Stream.concat(Stream.of(afterwards), others.stream()).toList(), afterwards.last())
            .judge(),
        new ToldIffDone(writes, lives).judge(),
        new SubjectOrder(lives, stock, levels).judge(),
        webhook.judge(afterwards.events()));
  }

  /// What has to be told and is not, yet.
  public List<String> untold() {
    return new ToldIffDone(writes, lives()).missing();
  }

  /// What is told of the orders and reservations of the run. The stock of an order is a
  /// reservation, too, which nobody has asked for by itself.
  private List<CloudEvent> lives() {
    Set<String> subjects =
        writes.stream().flatMap(write -> write.subject().stream()).collect(Collectors.toSet());
    Set<String> ofOrders =
        Stream.concat(subjects.stream(), afterwards.events().stream().map(CloudEvent::subject))
            .filter(subject -> subject.startsWith(ORDERS))
            .map(subject -> RESERVATIONS + subject.substring(ORDERS.length()))
            .collect(Collectors.toSet());
    return afterwards.events().stream()
        .filter(event -> !event.type().startsWith(STOCK) && !ofOrders.contains(event.subject()))
        .filter(event -> subjects.contains(event.subject()) || isOfRun(event))
        .toList();
  }

  private boolean isOfRun(CloudEvent event) {
    JsonNode data = event.data().has("order") ? event.data().path("order") : event.data();
    return data.path("lines").path(0).path("sku").asText().startsWith(run + "-");
  }

  /// What the run failed to exercise; nothing if it counts.
  ///
  /// @param kills how often a node was killed meanwhile
  public List<String> missing(int kills, int peakInFlight) {
    List<String> missing = new ArrayList<>();
    if (peakInFlight < 2) {
      missing.add("no two calls overlapped");
    }
    if (refused() == 0) {
      missing.add("nobody was refused, of whom nothing must be told");
    }
    if (afterwards.events().size() < EVENTS_MIN) {
      missing.add("there were %d events only".formatted(afterwards.events().size()));
    }
    if (lives().stream().noneMatch(event -> event.type().equals(Act.PLACE.expiry()))) {
      missing.add("no order expired");
    }
    if (others.stream().noneMatch(reading -> reading.resumed() > 0)) {
      missing.add("no stream was resumed");
    }
    if (kills > 0 && resolved() == 0) {
      missing.add("no call without an answer was resolved by its key");
    }
    webhook.missing().ifPresent(missing::add);
    writes.stream()
        .filter(write -> write.isOpen() || isNotUnderstood(write))
        .limit(1)
        .forEach(write -> missing.add("no answer to judge by: " + write));
    return missing;
  }

  /// A payment may come too late, and stock may be short; nothing else is to be refused.
  private static boolean isNotUnderstood(Write write) {
    return write.isRefused()
        && write.answer().status() != CONFLICT
        && write.answer().status() != GONE;
  }

  /// Units of all orders that were placed.
  public long ordered() {
    return writes.stream()
        .filter(write -> write.act() == Act.PLACE && write.isAccepted())
        .mapToLong(Write::units)
        .sum();
  }

  /// What was refused since there was not enough.
  public long refused() {
    return writes.stream().filter(write -> write.isRefused() && write.answer().isShort()).count();
  }

  /// What got an answer after a call that got none.
  public long resolved() {
    return writes.stream().filter(Write::isResolved).count();
  }
}
