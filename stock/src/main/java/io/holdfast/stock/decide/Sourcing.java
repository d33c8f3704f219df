package io.holdfast.stock.decide;

import io.holdfast.stock.Line;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockCount;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Decides where lines are served from. Lines that name a location come first and get it there or
/// not at all. What is left serves those that name none: from as few locations as possible, and of
/// those that would do from the ones that come first by priority, each giving all that it can.
final class Sourcing {
  private final StockView view;
  private final ToLongFunction<LevelKey> free;
  private final Map<LevelKey, Long> taken = new HashMap<>();
  private final Map<Place, Deque<HeldLine>> sourced = new HashMap<>();
  private final List<Refusal.Shortage> shortages = new ArrayList<>();

  /// What a line names.
  private record Place(Sku sku, @Nullable LocationId location) {
    static Place of(Line line) {
      return new Place(line.sku(), line.location());
    }
  }

  /// What came of it.
  sealed interface Result {}

  /// @param lines in the order in which they were asked for, one for each location that serves it
  /// @param missing what is not there, which is only for those who are content with less
  record Sourced(List<HeldLine> lines, List<Line> missing) implements Result {}

  record Refused(Refusal refusal) implements Result {}

  private Sourcing(StockView view, ToLongFunction<LevelKey> free) {
    this.view = view;
    this.free = free;
  }

  /// @param free how much of a level these lines may have
  static Result of(
      StockView view, List<Line> lines, boolean isPartial, ToLongFunction<LevelKey> free) {
    Refusal unknown = unknown(view, lines);
    return unknown != null
        ? new Refused(unknown)
        : new Sourcing(view, free).source(lines, isPartial);
  }

  /// Whether the lines name what is not there.
  static @Nullable Refusal unknown(StockView view, List<Line> lines) {
    for (Line line : lines) {
      if (view.tracked(line.sku()).isEmpty()) {
        return new Refusal.UnknownItem(line.sku());
      }
    }
    for (Line line : lines) {
      if (isTracked(view, line.sku()) && !hasRecord(view, line)) {
        return new Refusal.NoStockRecord(line.sku(), line.location());
      }
    }
    return null;
  }

  private static boolean hasRecord(StockView view, Line line) {
    SortedMap<LocationId, StockCount> levels = view.levelsOf(line.sku());
    return line.location() == null ? !levels.isEmpty() : levels.containsKey(line.location());
  }

  private static boolean isTracked(StockView view, Sku sku) {
    return view.tracked(sku).orElse(false);
  }

  private Result source(List<Line> lines, boolean isPartial) {
    Map<Place, Long> wanted = new LinkedHashMap<>();
    for (Line line : lines) {
      if (isTracked(view, line.sku())) {
        wanted.merge(Place.of(line), line.quantity(), Math::addExact);
      }
    }
    wanted.forEach(
        (place, quantity) -> {
          if (place.location != null) {
            take(place, new LevelKey(place.sku, place.location), quantity);
          }
        });
    wanted.forEach(
        (place, quantity) -> {
          if (place.location == null) {
            source(place, quantity);
          }
        });
    boolean isNothing =
        taken.isEmpty() && lines.stream().allMatch(line -> isTracked(view, line.sku()));
    if (!shortages.isEmpty() && (!isPartial || isNothing)) {
      return new Refused(new Refusal.InsufficientStock(shortages));
    }
    return handOut(lines);
  }

  private void take(Place place, LevelKey level, long wanted) {
    long quantity = Math.min(wanted, free(level));
    if (quantity < wanted) {
      StockCount count = view.level(level).orElseThrow();
      shortages.add(new Refusal.Shortage(level.sku(), level.location(), wanted, quantity, count));
    }
    hold(place, level, quantity);
  }

  private long free(LevelKey level) {
    return view.quarantine(level).isPresent()
        ? 0
        : Math.max(0, free.applyAsLong(level) - taken.getOrDefault(level, 0L));
  }

  private void hold(Place place, LevelKey level, long quantity) {
    if (quantity > 0) {
      taken.merge(level, quantity, Math::addExact);
      sourced
          .computeIfAbsent(place, _ -> new ArrayDeque<>())
          .add(new HeldLine(level.sku(), level.location(), quantity));
    }
  }

  private record Candidate(LevelKey level, long free) {}

  private void source(Place place, long wanted) {
    List<Candidate> candidates = candidates(place.sku);
    long sellable = candidates.stream().mapToLong(Candidate::free).sum();
    long quantity = Math.min(wanted, sellable);
    if (quantity < wanted) {
      StockCount all = sum(view.levelsOf(place.sku));
      shortages.add(new Refusal.Shortage(place.sku, null, wanted, sellable, all));
    }
    fewest(place, candidates, quantity);
  }

  private List<Candidate> candidates(Sku sku) {
    return view.levelsOf(sku).keySet().stream()
        .sorted(Comparator.comparingInt(view::priority).thenComparing(Comparator.naturalOrder()))
        .map(location -> new LevelKey(sku, location))
        .map(level -> new Candidate(level, free(level)))
        .filter(candidate -> candidate.free > 0)
        .toList();
  }

  /// Goes through the candidates in their order, and takes one if those behind it could do the rest
  /// without more of them than there have to be.
  private void fewest(Place place, List<Candidate> candidates, long quantity) {
    int count = 0;
    while (mostOf(candidates, count) < quantity) {
      count++;
    }
    long left = quantity;
    for (int i = 0; left > 0; i++) {
      Candidate candidate = candidates.get(i);
      long part = Math.min(left, candidate.free);
      if (mostOf(candidates.subList(i + 1, candidates.size()), count - 1) >= left - part) {
        hold(place, candidate.level, part);
        left -= part;
        count--;
      }
    }
  }

  /// The most that so many of the candidates have together.
  private static long mostOf(List<Candidate> candidates, int count) {
    if (count == 0) {
      // As a rule one location does it, and then there is nothing to be sorted.
      return 0;
    }
    return candidates.stream()
        .map(Candidate::free)
        .sorted(Comparator.reverseOrder())
        .limit(count)
        .mapToLong(Long::longValue)
        .sum();
  }

  private static StockCount sum(SortedMap<LocationId, StockCount> levels) {
    long onHand = 0;
    long reserved = 0;
    long safetyStock = 0;
    for (StockCount count : levels.values()) {
      onHand = Math.addExact(onHand, count.onHand());
      reserved = Math.addExact(reserved, count.reserved());
      safetyStock = Math.addExact(safetyStock, count.safetyStock());
    }
    return new StockCount(onHand, reserved, 0, safetyStock);
  }

  /// Gives what was taken to the lines that asked for it, the first one first.
  private Sourced handOut(List<Line> lines) {
    List<HeldLine> served = new ArrayList<>(lines.size());
    List<Line> missing = new ArrayList<>();
    for (Line line : lines) {
      if (!isTracked(view, line.sku())) {
        served.add(new HeldLine(line.sku(), null, line.quantity()));
        continue;
      }
      Deque<HeldLine> parts = sourced.getOrDefault(Place.of(line), new ArrayDeque<>());
      long left = line.quantity();
      while (left > 0 && !parts.isEmpty()) {
        HeldLine part = parts.removeFirst();
        long quantity = Math.min(left, part.quantity());
        served.add(part.of(quantity));
        left -= quantity;
        if (quantity < part.quantity()) {
          parts.addFirst(part.of(part.quantity() - quantity));
        }
      }
      if (left > 0) {
        missing.add(new Line(line.sku(), line.location(), left));
      }
    }
    return new Sourced(served, missing);
  }
}
