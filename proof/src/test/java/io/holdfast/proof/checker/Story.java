package io.holdfast.proof.checker;

import io.holdfast.proof.history.Action;
import io.holdfast.proof.history.Details;
import io.holdfast.proof.history.Event;
import io.holdfast.proof.history.EventType;
import io.holdfast.proof.history.History;
import io.holdfast.proof.history.Line;
import io.holdfast.proof.history.Stock;
import io.holdfast.proof.history.Told;
import io.holdfast.proof.history.Wish;
import io.holdfast.proof.workload.Breakage;
import io.holdfast.proof.workload.Plan;
import io.holdfast.proof.workload.Planner;
import io.holdfast.proof.workload.Scenario;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A history told by hand, in milliseconds, about one item.
final class Story {

  static final String SKU = "cake";

  private static final long NANOS = 1_000_000;
  private static final List<Line> ONE = List.of(new Line(SKU, 1));

  private final Stock supply;
  private final List<Event> events = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();
  private int attempts;
  private Scenario scenario = Scenario.OVERSELL;
  private Map<String, Opening.Limit> limits = Map.of();
  private final List<Struck> struck = new ArrayList<>();
  private RowFindings rows = new RowFindings.NotAsked("told by hand");

  private Story(Stock supply) {
    this.supply = supply;
  }

  static Story with(long supply) {
    return with(new Stock(supply, 0));
  }

  static Story with(Stock supply) {
    return new Story(supply);
  }

  Story in(Scenario told) {
    scenario = told;
    return this;
  }

  Story limitedTo(long maxQuantity, long windowMillis) {
    limits = Map.of(SKU, new Opening.Limit(maxQuantity, windowMillis * NANOS));
    return this;
  }

  /// @param worksAt in milliseconds; null: never again
  Story breaks(Breakage breakage, int times, long from, long mended, @Nullable Long worksAt) {
    OptionalLong works = worksAt == null ? OptionalLong.empty() : OptionalLong.of(worksAt * NANOS);
    struck.add(new Struck(breakage, times, from * NANOS, mended * NANOS, works, 0));
    return this;
  }

  Story leavesSessions(int stuck) {
    Struck last = struck.removeLast();
    struck.add(
        new Struck(
            last.breakage(),
            last.times(),
            last.startNanos(),
            last.mendedNanos(),
            last.worksNanos(),
            stuck));
    return this;
  }

  Story withRows(RowFindings found) {
    rows = found;
    return this;
  }

  Story buys(String key, long from, long to) {
    return says(key, new Wish.Purchase(ONE, key), made(key, ONE), from, to);
  }

  Story isRefused(String key, String code, long from, long to) {
    return refuses(key, new Wish.Purchase(ONE, key), code, from, to);
  }

  Story hearsNothing(String key, long from, long to) {
    return call(key, new Wish.Purchase(ONE, key), new Answer(null, null), from, to);
  }

  Story reservesForASecond(String key, long from, long to) {
    return says(key, new Wish.Reserve(ONE, 1, key), made(key, ONE), from, to);
  }

  Story ends(Action action, String reserved, long from, long to) {
    return says("end-" + events.size(), end(action, reserved), made(reserved, ONE), from, to);
  }

  Story failsToEnd(Action action, String reserved, String code, long from, long to) {
    return refuses("end-" + events.size(), end(action, reserved), code, from, to);
  }

  private static Wish end(Action action, String reserved) {
    return action == Action.COMMIT
        ? new Wish.Commit("r-" + reserved, List.of())
        : new Wish.Release("r-" + reserved);
  }

  Story sees(long onHand, long reserved, long from, long to) {
    return sees(new Stock(onHand, reserved), from, to);
  }

  Story sees(Stock stock, long from, long to) {
    return says("look-" + from, new Wish.Read(SKU), Told.of(stock), from, to);
  }

  Story says(String key, Wish wish, Told told, long from, long to) {
    return call(key, wish, new Answer(null, told), from, to);
  }

  Story refuses(String key, Wish wish, String code, long from, long to) {
    return call(key, wish, new Answer(code, null), from, to);
  }

  Story leaves(String key, String state) {
    return leaves("r-" + key, key, state);
  }

  Story leaves(String reservation, String key, String state) {
    return leaves(new Effect(reservation, key, state, null, ONE, List.of(), Effect.Times.UNKNOWN));
  }

  Story leaves(Effect effect) {
    effects.add(effect);
    return this;
  }

  private Plan faults() {
    List<Breakage> kinds = struck.stream().map(Struck::breakage).distinct().toList();
    return Planner.draw(scenario, 1, kinds, struck.size());
  }

  Verdict of(Invariant invariant) {
    return judgement().of(invariant);
  }

  Judgement judgement() {
    return Judgement.of(
        new Evidence(
            scenario == Scenario.FAULTS ? faults() : Planner.draw(scenario, 1),
            History.of(events),
            new Opening(Map.of(SKU, supply), limits),
            events.stream()
                .filter(event -> event.f() != Action.READ)
                .mapToLong(Event::time)
                .max()
                .orElse(0),
            0,
            0,
            struck,
            new Effects.All(effects),
            rows,
            new ChainFindings.NotRecomputed("told by hand")));
  }

  /// What an answer says of the reservation `r-NAME`.
  static Told made(String name, List<Line> lines) {
    return told(name, null, lines);
  }

  static Told told(String name, @Nullable Long version, List<Line> lines) {
    return new Told("r-" + name, version, lines, List.of(), List.of(), null, null, List.of());
  }

  static Effect.Times madeAt(long millis) {
    return new Effect.Times(Instant.ofEpochMilli(millis), null, null);
  }

  /// A yes, a no with its code, or neither.
  private record Answer(@Nullable String code, @Nullable Told told) {
    EventType type() {
      if (told != null) {
        return EventType.OK;
      }
      return code == null ? EventType.UNKNOWN : EventType.REFUSED;
    }
  }

  private Story call(String key, Wish wish, Answer answer, long from, long to) {
    attempts++;
    int process = wish instanceof Wish.Read ? -1 : 1;
    Details asked = Details.asked(key, attempts, wish);
    Details answered = asked.answered(200, answer.code(), answer.told(), "" + answer.told());
    events.add(new Event(process, EventType.INVOKE, wish.action(), asked, from * NANOS));
    events.add(new Event(process, answer.type(), wish.action(), answered, to * NANOS));
    return this;
  }
}
