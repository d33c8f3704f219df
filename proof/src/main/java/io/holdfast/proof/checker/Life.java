package io.holdfast.proof.checker;

import io.holdfast.proof.history.Operation;
import io.holdfast.proof.history.Wish;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// One reservation, as the answers about it tell: made, changed, extended, ended, returned.
///
/// Nothing here looks at a wall clock: a reservation's time runs from somewhere between the call
/// and its answer, so it is up somewhere between those two plus its time to live.
final class Life {

  /// Stock of an expired reservation is available again after at most so long.
  static final long EXPIRY_GRACE_NANOS = 5_000_000_000L;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /// What it had from some deed on.
  record State(Deed since, Map<Place, Long> lines) {}

  private final String id;
  private final List<Deed> deeds;
  private final List<Deed> successors;
  private final List<Operation> unclear;
  private final List<State> states;

  /// @param deeds that are about it, in the order in which they were sent
  /// @param successors reservations that were to take its place
  /// @param unclear what is about it and has no definite answer
  Life(String id, List<Deed> deeds, List<Deed> successors, List<Operation> unclear) {
    this.id = id;
    this.deeds = List.copyOf(deeds);
    this.successors = List.copyOf(successors);
    this.unclear = List.copyOf(unclear);
    this.states =
        deeds.stream()
            .filter(deed -> deed.wish().action().claims() || deed.wish() instanceof Wish.Change)
            .sorted(Comparator.comparingLong(Life::version))
            .map(deed -> new State(deed, Place.sum(deed.lines())))
            .toList();
  }

  /// What comes first has none, or the first.
  private static long version(Deed deed) {
    Long told = deed.told().version();
    return told == null || deed.wish().action().claims() ? 0 : told;
  }

  String id() {
    return id;
  }

  /// Whether the answer to its making is known, and those to all that was done to it.
  boolean isClear() {
    return unclear.isEmpty() && made().isPresent();
  }

  Optional<Deed> made() {
    return deeds.stream().filter(deed -> deed.wish().action().claims()).findFirst();
  }

  /// For whom it was made.
  Optional<String> customer() {
    return made().map(deed -> deed.wish().customer());
  }

  boolean isPurchase() {
    return made().filter(deed -> deed.wish() instanceof Wish.Purchase).isPresent();
  }

  /// In the order of their versions.
  List<State> states() {
    return states;
  }

  List<Deed> changes() {
    return only(deed -> deed.wish() instanceof Wish.Change);
  }

  List<Deed> extensions() {
    return only(deed -> deed.wish() instanceof Wish.Extend);
  }

  /// Commits and releases: one, if all is well.
  List<Deed> ends() {
    return only(deed -> deed.wish().action().ends());
  }

  List<Deed> returns() {
    return only(deed -> deed.wish() instanceof Wish.Return);
  }

  /// All that was done to it, without those that took its place.
  List<Deed> deeds() {
    return deeds;
  }

  private List<Deed> only(Predicate<Deed> which) {
    return deeds.stream().filter(which).toList();
  }

  /// What it had when it ended, or has.
  Map<Place, Long> held() {
    return states.isEmpty() ? Map.of() : states.getLast().lines();
  }

  /// What was sold of it.
  Map<Place, Long> committed() {
    if (isPurchase()) {
      return held();
    }
    return ends().stream()
        .filter(end -> end.wish() instanceof Wish.Commit)
        .findFirst()
        .map(commit -> commit.lines().isEmpty() ? held() : Place.sum(commit.lines()))
        .orElse(Map.of());
  }

  /// What it is to have in the end: of what was committed in part, that part.
  Map<Place, Long> kept() {
    return ends().stream().anyMatch(end -> end.wish() instanceof Wish.Commit)
        ? committed()
        : held();
  }

  /// What came back of what was sold.
  Map<Place, Long> returned() {
    return Place.sum(returns().stream().flatMap(deed -> deed.lines().stream()).toList());
  }

  /// Between which moments its stock comes back by itself, unless somebody ends it before.
  Bounds expiry() {
    return expiryBy(Long.MAX_VALUE);
  }

  /// The same, as it could be known at that moment: extensions count as far as they surely were
  /// made by then, and against it as far as they may have been made at all.
  Bounds expiryBy(long moment) {
    Optional<Deed> reserve = made().filter(deed -> deed.wish() instanceof Wish.Reserve);
    boolean mayBeLonger = unclear.stream().anyMatch(each -> each.wish() instanceof Wish.Extend);
    if (reserve.isEmpty()) {
      return new Bounds(Long.MAX_VALUE, Long.MAX_VALUE);
    }
    long earliest = later(reserve.get().when().earliest(), ttlNanos(reserve.get()));
    long latest = later(reserve.get().when().latest(), ttlNanos(reserve.get()));
    for (Deed extension : extensions()) {
      latest = Math.max(latest, later(extension.when().latest(), ttlNanos(extension)));
      if (extension.when().isSurelyOver(moment)) {
        earliest = Math.max(earliest, later(extension.when().earliest(), ttlNanos(extension)));
      }
    }
    return new Bounds(earliest, mayBeLonger ? Long.MAX_VALUE : later(latest, EXPIRY_GRACE_NANOS));
  }

  /// When what it claimed may no longer count within so long: it counts from when it was claimed.
  long firstLapse(long windowNanos) {
    return made().map(deed -> later(deed.when().earliest(), windowNanos)).orElse(Long.MAX_VALUE);
  }

  /// When it surely counts no more: if it grew, all of it was claimed anew.
  long lastLapse(String sku, long windowNanos) {
    return entries().stream()
        .filter(entry -> entry.place().sku().equals(sku) && entry.taken() > 0)
        .mapToLong(entry -> later(entry.when().latest(), windowNanos))
        .max()
        .orElse(Long.MAX_VALUE);
  }

  /// Whether it may have claimed more than when it was made.
  boolean hasGrown() {
    return !changes().isEmpty();
  }

  private static long ttlNanos(Deed deed) {
    return switch (deed.wish()) {
      case Wish.Reserve reserve -> reserve.ttlSeconds() * NANOS_PER_SECOND;
      case Wish.Extend extend -> extend.ttlSeconds() * NANOS_PER_SECOND;
      case Wish.Purchase _,
          Wish.Change _,
          Wish.Commit _,
          Wish.Release _,
          Wish.Return _,
          Wish.Receive _,
          Wish.Transfer _,
          Wish.Count _,
          Wish.Together _,
          Wish.Read _ ->
          0;
    };
  }

  private static long later(long moment, long nanos) {
    return moment > Long.MAX_VALUE - nanos ? Long.MAX_VALUE : moment + nanos;
  }

  /// What it did to levels.
  List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    Map<Place, Long> before = Map.of();
    for (State state : states) {
      boolean isPurchase = state.since.wish() instanceof Wish.Purchase;
      for (Place place : places(before, state.lines)) {
        long more = state.lines.getOrDefault(place, 0L) - before.getOrDefault(place, 0L);
        if (more != 0) {
          entries.add(told(state.since, place, isPurchase ? -more : 0, isPurchase ? 0 : more));
        }
      }
      before = state.lines;
    }
    if (!isPurchase()) {
      entries.addAll(ending());
    }
    for (Deed back : returns()) {
      Place.sum(back.lines())
          .forEach((place, quantity) -> entries.add(told(back, place, quantity, 0)));
    }
    return entries;
  }

  private List<Entry> ending() {
    Map<Place, Long> held = held();
    Optional<Deed> end = ends().stream().findFirst();
    if (end.isPresent()) {
      Map<Place, Long> goes = committed();
      return places(held, goes).stream()
          .map(
              place ->
                  told(
                      end.get(),
                      place,
                      -goes.getOrDefault(place, 0L),
                      -held.getOrDefault(place, 0L)))
          .toList();
    }
    Optional<Bounds> givenWay = givenWay();
    if (givenWay.isPresent()) {
      return givenBack(givenWay.get(), successors.getFirst(), Entry.Cause.GIVEN_WAY);
    }
    Bounds expiry = expiry();
    long earliest =
        unclear.stream()
            .mapToLong(each -> each.effect().start())
            .reduce(expiry.earliest(), Math::min);
    Bounds when = new Bounds(earliest, unclear.isEmpty() ? expiry.latest() : Long.MAX_VALUE);
    return states.isEmpty() || earliest == Long.MAX_VALUE
        ? List.of()
        : givenBack(when, states.getFirst().since, Entry.Cause.EXPIRED);
  }

  /// When another one took its place: of several that were to do so the first one did.
  Optional<Bounds> givenWay() {
    return successors.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Bounds(
                successors.stream().mapToLong(each -> each.when().earliest()).min().orElseThrow(),
                successors.stream().mapToLong(each -> each.when().latest()).min().orElseThrow()));
  }

  /// What was done to it surely after that.
  List<Deed> after(Bounds when) {
    return only(deed -> deed.when().isSurelyAfter(when));
  }

  private List<Entry> givenBack(Bounds when, Deed deed, Entry.Cause cause) {
    List<Entry> entries = new ArrayList<>();
    held()
        .forEach(
            (place, quantity) ->
                entries.add(new Entry(deed, id, place, 0, -quantity, when, cause)));
    return entries;
  }

  private Entry told(Deed deed, Place place, long onHandChange, long reservedChange) {
    return new Entry(deed, id, place, onHandChange, reservedChange, deed.when(), Entry.Cause.TOLD);
  }

  private static Set<Place> places(Map<Place, Long> some, Map<Place, Long> others) {
    Set<Place> places = new LinkedHashSet<>(some.keySet());
    places.addAll(others.keySet());
    return places;
  }
}
