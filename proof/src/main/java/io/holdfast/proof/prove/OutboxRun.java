package io.holdfast.proof.prove;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.proof.checker.ChainFindings;
import io.holdfast.proof.checker.Invariant;
import io.holdfast.proof.checker.Judgement;
import io.holdfast.proof.fault.NodeKill;
import io.holdfast.proof.feed.Audience;
import io.holdfast.proof.feed.PageReader;
import io.holdfast.proof.feed.Reading;
import io.holdfast.proof.history.Level;
import io.holdfast.proof.history.Ticker;
import io.holdfast.proof.ordering.Basket;
import io.holdfast.proof.outbox.Act;
import io.holdfast.proof.outbox.Outbox;
import io.holdfast.proof.outbox.Write;
import io.holdfast.proof.outbox.Writers;
import io.holdfast.proof.report.Counts;
import io.holdfast.proof.report.RunResult;
import io.holdfast.proof.shop.Json;
import io.holdfast.proof.shop.Nodes;
import io.holdfast.proof.shop.Try;
import io.holdfast.proof.webhook.Subscription;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// The scenario about events: many write at once at all nodes, one of which is killed where it is
/// ours, while others read what is told, and it is judged whether that is what was done.
final class OutboxRun implements FocusedRun {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long RELEASE_AFTER_NANOS = 200_000_000;
  private static final long KILL_AFTER_NANOS = 900_000_000;
  private static final long DOWN_MILLIS = 500;
  private static final int PAUSE_MILLIS = 100;
  private static final int LARGEST_PAGE = 500;

  private final Arena arena;
  private final Target target;
  private final Nodes nodes;
  private final String run;
  private final Patience patience;

  /// How long a shop may take.
  ///
  /// @param chosenMillis until all nodes go by what the tenant has chosen
  /// @param toldMillis until what was done is told, and what expires has expired
  /// @param heardMillis until everybody was told of it, and each webhook was sent
  /// @param driftMillis in which nothing more is told
  record Patience(long chosenMillis, long toldMillis, long heardMillis, long driftMillis) {
    static final Patience USUAL = new Patience(2_100, 10_000, 45_000, 1_200);
  }

  /// @param run names items and keys; new for every run
  OutboxRun(Arena arena, Target target, String run, Patience patience) {
    this.arena = arena;
    this.target = target;
    this.nodes = target.nodes();
    this.run = run;
    this.patience = patience;
  }

  @Override
  public Recorded run(PlanSource plans, ChainFindings before) throws Exception {
    try (Desk desk = new Desk(target);
        ToldOfStock _ = ToldOfStock.begin(desk)) {
      long chosen = Ticker.nanos();
      PricedItems.stock(desk, Basket.skus(run), Writers.SUPPLY);
      Ticker.pauseUntil(chosen + patience.chosenMillis() * NANOS_PER_MILLI);
      long last = newest(desk);
      try (Mailbox mailbox = Mailbox.open(desk, arena, target);
          Audience audience = Audience.gather(nodes, last)) {
        Rush rush = rush(plans.seed());
        Outbox outbox = look(desk, rush, audience, mailbox, last);
        return new Recorded(result(plans, before, outbox, rush.kills()), lines(outbox));
      }
    }
  }

  /// The position of the newest event.
  private static long newest(Desk desk) throws IOException {
    String path = "/v1/events?limit=" + LARGEST_PAGE;
    JsonNode page = desk.found(path);
    while (!page.path("events").isEmpty()) {
      page = desk.found(path + "&after=" + page.path("next").asText());
    }
    return page.path("next").asLong();
  }

  /// What happened while everybody wrote.
  private record Rush(List<Write> writes, int kills) {}

  private Rush rush(long seed) throws Exception {
    long start = Ticker.nanos() + RELEASE_AFTER_NANOS;
    Optional<NodeKill> kill =
        arena.victim().map(node -> NodeKill.at(start + KILL_AFTER_NANOS, DOWN_MILLIS, node));
    List<Write> writes = new Writers(nodes, run, seed).run(start);
    return new Rush(writes, kill.isPresent() ? kill.get().kills() : 0);
  }

  /// Waits until all is told, and a little longer; and until everybody has heard of it.
  private Outbox look(Desk desk, Rush rush, Audience audience, Mailbox mailbox, long after)
      throws Exception {
    PageReader reader = new PageReader(nodes, 0, LARGEST_PAGE, after);
    long giveUp = Ticker.nanos() + patience.toldMillis() * NANOS_PER_MILLI;
    while (isUntold(rush, reader.readAll().reading()) && Ticker.nanos() < giveUp) {
      Ticker.pauseMillis(PAUSE_MILLIS);
    }
    Map<String, Level> levels = levels(desk);
    Ticker.pauseMillis(patience.driftMillis());
    Reading afterwards = reader.readAll().reading();
    long deaf = Ticker.nanos() + patience.heardMillis() * NANOS_PER_MILLI;
    List<Reading> others = audience.readings(afterwards.last(), deaf);
    while (!mailbox.got().hasAll(afterwards.events()) && Ticker.nanos() < deaf) {
      Ticker.pauseMillis(PAUSE_MILLIS);
    }
    return new Outbox(run, rush.writes(), afterwards, others, mailbox.got(), levels);
  }

  private boolean isUntold(Rush rush, Reading reading) {
    Subscription none = new Subscription.LeftOut("not yet");
    Outbox soFar = new Outbox(run, rush.writes(), reading, List.of(), none, Map.of());
    return !soFar.untold().isEmpty();
  }

  private Map<String, Level> levels(Desk desk) throws IOException {
    Clerk clerk = new Clerk(desk, target, run);
    Map<String, Level> levels = new HashMap<>();
    for (String sku : Basket.skus(run)) {
      for (Level level : clerk.read(sku).levels()) {
        levels.put("items/%s/levels/%s".formatted(sku, level.location()), level);
      }
    }
    return levels;
  }

  private RunResult result(PlanSource plans, ChainFindings before, Outbox outbox, int kills) {
    Counts counts = counts(outbox);
    return new RunResult(
        arena.name(),
        plans.draw(),
        target.urls().size(),
        counts,
        Judgement.only(
            Map.of(Invariant.I13, outbox.judge()),
            "only events are looked at here",
            outbox.missing(kills, counts.peakInFlight())),
        before.differences());
  }

  private static Counts counts(Outbox outbox) {
    List<Try> tries = outbox.writes().stream().flatMap(write -> write.tries().stream()).toList();
    return Counts.of(
        tries.stream().map(Try::span).toList(),
        outbox.ordered(),
        outbox.refused(),
        tries.stream().filter(Try::isUnknown).count(),
        outbox.resolved());
  }

  /// A call of a writer, as it is kept.
  private record Call(Act act, String key, String about, @JsonUnwrapped Try answer) {}

  /// The calls, the events, and the attempts to deliver them.
  private static List<String> lines(Outbox outbox) {
    Stream<String> calls =
        outbox.writes().stream()
            .flatMap(
                write ->
                    write.tries().stream()
                        .map(answer -> new Call(write.act(), write.key(), write.about(), answer)))
            .map(Json::write);
    Stream<String> events =
        outbox.afterwards().events().stream().map(event -> event.json().toString());
    Stream<String> deliveries = outbox.webhook().deliveries().stream().map(Json::write);
    return Stream.of(calls, events, deliveries).flatMap(Function.identity()).toList();
  }
}
