package io.holdfast.proof.checker;

import io.holdfast.proof.history.Action;
import io.holdfast.proof.history.Details;
import io.holdfast.proof.history.Event;
import io.holdfast.proof.history.EventType;
import io.holdfast.proof.history.History;
import io.holdfast.proof.history.Line;
import io.holdfast.proof.history.Stock;
import io.holdfast.proof.workload.Planner;
import io.holdfast.proof.workload.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A history told by hand, in milliseconds, about one item.
final class Story {

  static final String SKU = "cake";

  private static final long NANOS = 1_000_000;

  private final long supply;
  private final List<Event> events = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();
  private int attempts;
  private Scenario scenario = Scenario.OVERSELL;

  private Story(long supply) {
    this.supply = supply;
  }

  static Story with(long supply) {
    return new Story(supply);
  }

  Story in(Scenario told) {
    scenario = told;
    return this;
  }

  Story buys(String key, long from, long to) {
    return call(Action.PURCHASE, key, new Told(EventType.OK, null, "r-" + key), from, to);
  }

  Story isRefused(String key, String code, long from, long to) {
    return call(Action.PURCHASE, key, new Told(EventType.REFUSED, code, null), from, to);
  }

  Story hearsNothing(String key, long from, long to) {
    return call(
        Action.PURCHASE, key, new Told(EventType.UNKNOWN, "connection_lost", null), from, to);
  }

  Story reservesForASecond(String key, long from, long to) {
    return call(Action.RESERVE, key, new Told(EventType.OK, null, "r-" + key), from, to);
  }

  Story ends(Action action, String reserved, long from, long to) {
    return call(
        action, "end-" + events.size(), new Told(EventType.OK, null, "r-" + reserved), from, to);
  }

  Story failsToEnd(Action action, String reserved, String code, long from, long to) {
    return call(
        action,
        "end-" + events.size(),
        new Told(EventType.REFUSED, code, "r-" + reserved),
        from,
        to);
  }

  Story sees(long onHand, long reserved, long from, long to) {
    Details asked = Details.asked("look-" + from, 1, List.of(new Line(SKU, 0)), null, null);
    Details told = asked.answered(200, null, null, new Stock(onHand, reserved), "");
    events.add(new Event(-1, EventType.INVOKE, Action.READ, asked, from * NANOS));
    events.add(new Event(-1, EventType.OK, Action.READ, told, to * NANOS));
    return this;
  }

  Story leaves(String key, String state) {
    return leaves("r-" + key, key, state);
  }

  Story leaves(String reservation, String key, String state) {
    effects.add(new Effect(reservation, key, state, List.of(new Line(SKU, 1)), null, null));
    return this;
  }

  Verdict of(Invariant invariant) {
    return judgement().of(invariant);
  }

  Judgement judgement() {
    return Judgement.of(
        new Evidence(
            Planner.draw(scenario, 1),
            History.of(events),
            Map.of(SKU, supply),
            events.stream()
                .filter(event -> event.f() != Action.READ)
                .mapToLong(Event::time)
                .max()
                .orElse(0),
            0,
            0,
            new Effects.All(effects),
            new RowFindings.NotAsked("told by hand"),
            new ChainFindings.NotRecomputed("told by hand")));
  }

  private record Told(EventType type, @Nullable String code, @Nullable String reservation) {}

  private Story call(Action action, String key, Told told, long from, long to) {
    attempts++;
    List<Line> lines = action.claims() ? List.of(new Line(SKU, 1)) : List.of();
    Integer ttlSeconds = action == Action.RESERVE ? 1 : null;
    Details asked =
        Details.asked(
            key, attempts, lines, ttlSeconds, action.claims() ? null : told.reservation());
    Details answered =
        asked.answered(
            200, told.code(), told.reservation(), null, "answer of " + told.reservation());
    events.add(new Event(1, EventType.INVOKE, action, asked, from * NANOS));
    events.add(new Event(1, told.type(), action, answered, to * NANOS));
    return this;
  }
}
