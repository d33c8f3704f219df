package io.holdfast.proof.checker;

import io.holdfast.proof.history.History;
import io.holdfast.proof.history.Operation;
import io.holdfast.proof.history.Told;
import io.holdfast.proof.history.Wish;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Who had taken how much at which moment, as far as the history can tell: a ledger of the answers,
/// kept apart from the shop's own.
final class Claims {

  private final List<Operation> operations;
  private final Map<String, List<Operation>> ends;
  private final Map<String, Life> lives = new LinkedHashMap<>();
  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, List<Entry>> bySku;
  private final Map<Place, List<Entry>> byPlace;
  private final Map<String, Taken> takenOfSku = new HashMap<>();
  private final Map<Place, Taken> takenOfPlace = new HashMap<>();
  private final Map<String, Taken> goneOfSku = new HashMap<>();
  private final Map<Place, Taken> goneOfPlace = new HashMap<>();

  Claims(History history) {
    operations = history.operations();
    ends =
        operations.stream()
            .filter(operation -> operation.action().ends())
            .filter(operation -> operation.reservation() != null)
            .collect(Collectors.groupingBy(operation -> String.valueOf(operation.reservation())));
    List<Deed> deeds = operations.stream().flatMap(each -> Deed.of(each).stream()).toList();
    tellLives(deeds);
    lives.values().forEach(life -> entries.addAll(life.entries()));
    deeds.stream()
        .filter(deed -> deed.reservation() == null)
        .forEach(deed -> entries.addAll(alone(deed)));
    operations.stream().filter(Operation::isUnresolved).forEach(this::addUnresolved);
    bySku = grouped(entry -> entry.place().sku());
    byPlace = grouped(Entry::place);
  }

  private void tellLives(List<Deed> deeds) {
    Map<String, List<Deed>> about = new LinkedHashMap<>();
    Map<String, List<Deed>> successors = new HashMap<>();
    Map<String, List<Operation>> unclear = new HashMap<>();
    for (Deed deed : deeds) {
      if (deed.reservation() != null) {
        about.computeIfAbsent(deed.reservation(), _ -> new ArrayList<>()).add(deed);
      }
      if (deed.wish() instanceof Wish.Reserve reserve && reserve.replaces() != null) {
        successors.computeIfAbsent(reserve.replaces(), _ -> new ArrayList<>()).add(deed);
      }
    }
    for (Operation operation : operations) {
      for (Wish wish : operation.isUnresolved() ? operation.wish().each() : List.<Wish>of()) {
        if (wish.reservation() != null) {
          unclear.computeIfAbsent(wish.reservation(), _ -> new ArrayList<>()).add(operation);
        }
      }
    }
    about.forEach(
        (id, its) ->
            lives.put(
                id,
                new Life(
                    id,
                    its,
                    successors.getOrDefault(id, List.of()),
                    unclear.getOrDefault(id, List.of()))));
  }

  /// What may have been done by one that has no definite answer.
  private void addUnresolved(Operation operation) {
    operation
        .wish()
        .each()
        .forEach(wish -> entries.addAll(alone(new Deed(operation, wish, Told.NOTHING))));
  }

  /// What a deed does to levels, apart from the life of any reservation.
  private static List<Entry> alone(Deed deed) {
    return switch (deed.wish()) {
      case Wish.Purchase _ ->
          Place.sum(deed.lines()).entrySet().stream()
              .map(line -> entry(deed, line.getKey(), -line.getValue(), 0))
              .toList();
      case Wish.Reserve _ ->
          Place.sum(deed.lines()).entrySet().stream()
              .map(line -> entry(deed, line.getKey(), 0, line.getValue()))
              .toList();
      case Wish.Transfer(String sku, String from, String to, long quantity) ->
          List.of(
              entry(deed, new Place(sku, from), -quantity, 0),
              entry(deed, new Place(sku, to), quantity, 0));
      case Wish.Receive(String sku, String location, long quantity) ->
          List.of(entry(deed, new Place(sku, location), quantity, 0));
      case Wish.Count count -> {
        long change = Objects.requireNonNullElse(deed.told().change(), 0L);
        yield List.of(entry(deed, new Place(count.sku(), count.location()), change, 0));
      }
      case Wish.Change _,
          Wish.Extend _,
          Wish.Commit _,
          Wish.Release _,
          Wish.Return _,
          Wish.Together _,
          Wish.Read _ ->
          List.of();
    };
  }

  private static Entry entry(Deed deed, Place place, long onHandChange, long reservedChange) {
    return new Entry(deed, "", place, onHandChange, reservedChange, deed.when(), Entry.Cause.TOLD);
  }

  private <K> Map<K, List<Entry>> grouped(Function<Entry, K> by) {
    return entries.stream().collect(Collectors.groupingBy(by));
  }

  List<Operation> operations() {
    return operations;
  }

  boolean isAnyUnresolved() {
    return operations.stream().anyMatch(Operation::isUnresolved);
  }

  /// The commits and releases that were asked for of a reservation, each by itself.
  List<Operation> ends(@Nullable String reservation) {
    return reservation == null ? List.of() : ends.getOrDefault(reservation, List.of());
  }

  List<Life> lives() {
    return List.copyOf(lives.values());
  }

  Optional<Life> life(@Nullable String reservation) {
    return Optional.ofNullable(reservation).map(lives::get);
  }

  List<Entry> entries(String sku) {
    return bySku.getOrDefault(sku, List.of());
  }

  List<Entry> entries(Place place) {
    return byPlace.getOrDefault(place, List.of());
  }

  /// Everything that something happened to whose location is known.
  List<Place> places() {
    return byPlace.keySet().stream().filter(place -> place.location() != null).toList();
  }

  /// What was taken of what is available of an item.
  ///
  /// @param without a reservation that is left out; null: none
  Taken taken(String sku, @Nullable String without) {
    return without == null
        ? takenOfSku.computeIfAbsent(sku, each -> Taken.of(entries(each), Entry::taken))
        : takenByOthers(entries(sku), without);
  }

  /// The same at one location.
  Taken taken(Place place, @Nullable String without) {
    return without == null
        ? takenOfPlace.computeIfAbsent(place, each -> Taken.of(entries(each), Entry::taken))
        : takenByOthers(entries(place), without);
  }

  /// What of an item lies there no more.
  Taken gone(String sku) {
    return goneOfSku.computeIfAbsent(sku, each -> Taken.of(entries(each), Entry::gone));
  }

  /// The same at one location.
  Taken gone(Place place) {
    return goneOfPlace.computeIfAbsent(place, each -> Taken.of(entries(each), Entry::gone));
  }

  private static Taken takenByOthers(List<Entry> entries, String reservation) {
    return Taken.of(
        entries.stream().filter(entry -> !entry.reservation().equals(reservation)).toList(),
        Entry::taken);
  }
}
