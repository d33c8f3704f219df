package io.holdfast.proof.ordering;

import io.holdfast.proof.checker.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// I7: numbers without gaps are given out one after the other, each once, in the order of time. And
/// what goes with it: one answer per key, and each order that was told is there as it was told.
/// Pure: the same calls and orders give the same verdict.
///
/// @param before the last number that was given out before the run
/// @param after the last one when all was quiet
public record GaplessNumbers(List<Placing> placings, List<Listed> orders, long before, long after) {
  private static final int MOST_SHOWN = 5;

  public GaplessNumbers {
    placings = List.copyOf(placings);
    orders = List.copyOf(orders);
  }

  /// I7.
  public Verdict numbers() {
    return Verdict.all(
        Verdict.of("numbers from %d to %d, each once".formatted(before + 1, after), counted()),
        Verdict.of("numbers have the order of time", inTime()));
  }

  private List<String> counted() {
    List<String> found = new ArrayList<>();
    Map<Long, Listed> named = new HashMap<>();
    for (Listed order : orders) {
      Optional<Long> count = count(order.number());
      if (count.isEmpty()) {
        found.add("no number: " + order);
      } else if (count.get() > before) {
        Listed other = named.put(count.get(), order);
        if (other != null) {
          found.add("one number twice: " + other + " and " + order);
        }
        if (count.get() > after) {
          found.add("beyond the last one, which is " + after + ": " + order);
        }
      }
    }
    String missing =
        LongStream.rangeClosed(before + 1, after)
            .filter(number -> !named.containsKey(number))
            .limit(MOST_SHOWN)
            .mapToObj(Long::toString)
            .collect(Collectors.joining(", "));
    if (!missing.isEmpty()) {
      found.add("no order has the number " + missing);
    }
    return found;
  }

  /// Whoever had the answer before somebody else asked has the smaller number.
  private List<String> inTime() {
    List<Span> spans =
        placed().entrySet().stream()
            .flatMap(each -> Span.of(each.getKey(), each.getValue()).stream())
            .sorted(Comparator.comparingLong(Span::start))
            .toList();
    List<Span> byEnd = spans.stream().sorted(Comparator.comparingLong(Span::end)).toList();
    List<String> found = new ArrayList<>();
    Span largest = null;
    int ended = 0;
    for (Span span : spans) {
      for (; ended < byEnd.size() && byEnd.get(ended).end() < span.start(); ended++) {
        if (largest == null || byEnd.get(ended).number() > largest.number()) {
          largest = byEnd.get(ended);
        }
      }
      if (largest != null && largest.number() > span.number()) {
        found.add(
            "%s was answered %d before %s, which got %d, was asked"
                .formatted(largest.key(), largest.number(), span.key(), span.number()));
      }
    }
    return found;
  }

  /// When an order got its number: somewhere between.
  private record Span(String key, long number, long start, long end) {
    static Optional<Span> of(String key, List<Placing> tries) {
      long start = tries.stream().mapToLong(each -> each.answer().startNanos()).min().orElseThrow();
      return tries.stream()
          .filter(Placing::isPlaced)
          .min(Comparator.comparingLong(each -> each.answer().endNanos()))
          .flatMap(
              first ->
                  count(first.number())
                      .map(n -> new Span(key, n, start, first.answer().endNanos())));
    }
  }

  /// I4.
  public Verdict keys() {
    List<String> found = new ArrayList<>();
    byKey()
        .forEach(
            (key, tries) -> {
              Set<String> told = new LinkedHashSet<>();
              tries.stream()
                  .filter(Placing::isPlaced)
                  .forEach(each -> told.add(each.answer().body()));
              if (told.size() > 1) {
                found.add(key + " was told " + told.size() + " orders: " + told);
              }
              Placing last = tries.getLast();
              if (!last.answer().isDefinite()) {
                found.add("no definite answer in the end: " + last.describe());
              } else if (!told.isEmpty() && !last.isPlaced()) {
                found.add("a no after a yes: " + last.describe());
              }
            });
    placings.stream()
        .filter(GaplessNumbers::isNotUnderstood)
        .forEach(each -> found.add("not understood: " + each.describe()));
    return Verdict.of("one order per key", found);
  }

  private static boolean isNotUnderstood(Placing placing) {
    return placing.answer().isDefinite() && !placing.isPlaced() && !placing.answer().isShort();
  }

  /// I9 and I10: what was told is there, whole, and nothing else of the run.
  public Verdict kept() {
    Map<String, Listed> there =
        orders.stream().collect(Collectors.toMap(Listed::id, each -> each, (first, _) -> first));
    List<String> found = new ArrayList<>();
    Set<String> told = new LinkedHashSet<>();
    placed()
        .values()
        .forEach(
            tries ->
                tries.stream()
                    .filter(Placing::isPlaced)
                    .limit(1)
                    .forEach(
                        placing -> {
                          String id = Objects.requireNonNullElse(placing.id(), "none");
                          told.add(id);
                          Listed listed = there.get(id);
                          if (listed == null
                              || !listed.number().equals(placing.number())
                              || listed.total() != placing.units()) {
                            found.add("told " + placing.describe() + ", and there is " + listed);
                          }
                        }));
    orders.stream()
        .filter(each -> each.isOfRun() && !told.contains(each.id()))
        .forEach(each -> found.add("nobody was told of " + each));
    return Verdict.of("each order that was told is there, and no other", found);
  }

  /// I1: of no item was more ordered than there was.
  ///
  /// @param supply of each item of the run
  public Verdict supplied(long supply) {
    Map<String, Long> ordered = new TreeMap<>();
    orders.stream()
        .filter(Listed::isOfRun)
        .forEach(
            each -> each.units().forEach((sku, units) -> ordered.merge(sku, units, Long::sum)));
    return Verdict.of(
        "no more is ordered than there was",
        ordered.entrySet().stream()
            .filter(each -> each.getValue() > supply)
            .map(
                each ->
                    "of %s %d were ordered, and there were %d"
                        .formatted(each.getKey(), each.getValue(), supply))
            .toList());
  }

  /// What the calls failed to exercise; nothing if they count.
  ///
  /// @param kills how often a node was killed meanwhile
  public List<String> missing(int kills, int peakInFlight) {
    List<String> missing = new ArrayList<>();
    if (peakInFlight < 2) {
      missing.add("no two orders were placed at once");
    }
    if (placed().isEmpty()) {
      missing.add("no order was placed");
    }
    if (placings.stream().noneMatch(each -> each.answer().isShort())) {
      missing.add("nobody was refused, who must not take a number");
    }
    if (kills > 0 && resolved() == 0) {
      missing.add("no call without an answer was resolved by its key");
    }
    return missing;
  }

  /// Orders that got an answer after a call that got none.
  public long resolved() {
    return byKey().values().stream().filter(GaplessNumbers::isResolved).count();
  }

  private static boolean isResolved(List<Placing> tries) {
    return tries.stream().anyMatch(each -> each.answer().isUnknown())
        && tries.getLast().answer().isDefinite();
  }

  /// Those that were told a yes, by key.
  public Map<String, List<Placing>> placed() {
    Map<String, List<Placing>> placed = new LinkedHashMap<>(byKey());
    placed.values().removeIf(tries -> tries.stream().noneMatch(Placing::isPlaced));
    return placed;
  }

  private Map<String, List<Placing>> byKey() {
    return placings.stream()
        .sorted(Comparator.comparingLong(each -> each.answer().startNanos()))
        .collect(Collectors.groupingBy(Placing::key, LinkedHashMap::new, Collectors.toList()));
  }

  /// The digits at the end.
  private static Optional<Long> count(@Nullable String number) {
    String digits = number == null ? "" : number.replaceFirst("^.*?(\\d{1,18})$", "$1");
    return digits.matches("\\d{1,18}") ? Optional.of(Long.parseLong(digits)) : Optional.empty();
  }
}
