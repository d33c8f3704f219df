package io.holdfast.server.catalog;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// How many items there are of which kind. A filter does not narrow its own facet: the categories
/// are those that could be chosen instead, and so are the prices.
///
/// @param total how many there are with all filters
/// @param categories the most frequent first, at most 100; items without one are not among them
@Schema(name = "ItemFacets")
record Facets(long total, List<CategoryCount> categories, List<PriceSpan> prices) {
  private static final int MAX_CATEGORIES = 100;

  @Schema(name = "CategoryCount")
  record CategoryCount(String category, long items) {}

  /// @param min in minor units, as
  /// @param max is
  @Schema(name = "PriceSpan")
  record PriceSpan(String currency, long items, long min, long max) {
    PriceSpan and(PriceSpan other) {
      return new PriceSpan(
          currency, items + other.items, Math.min(min, other.min), Math.max(max, other.max));
    }
  }

  /// Items of one category and one currency.
  ///
  /// @param inRange how many have a price that was asked for
  record Group(
      @Nullable String category,
      @Nullable String currency,
      long inRange,
      long all,
      long min,
      long max) {}

  static Facets of(List<Group> groups, @Nullable String chosen) {
    List<Group> ofChosen =
        groups.stream().filter(group -> chosen == null || chosen.equals(group.category())).toList();
    return new Facets(
        ofChosen.stream().mapToLong(Group::inRange).sum(), categories(groups), prices(ofChosen));
  }

  private static List<CategoryCount> categories(List<Group> groups) {
    Map<String, Long> counts =
        groups.stream()
            .filter(group -> group.category() != null && group.inRange() > 0)
            .collect(
                Collectors.groupingBy(
                    group -> Objects.requireNonNull(group.category()),
                    TreeMap::new,
                    Collectors.summingLong(Group::inRange)));
    return counts.entrySet().stream()
        .map(count -> new CategoryCount(count.getKey(), count.getValue()))
        .sorted(Comparator.comparingLong(CategoryCount::items).reversed())
        .limit(MAX_CATEGORIES)
        .toList();
  }

  private static List<PriceSpan> prices(List<Group> groups) {
    Map<String, PriceSpan> spans = new TreeMap<>();
    for (Group group : groups) {
      String currency = group.currency();
      if (currency != null) {
        spans.merge(
            currency,
            new PriceSpan(currency, group.all(), group.min(), group.max()),
            PriceSpan::and);
      }
    }
    return List.copyOf(spans.values());
  }
}
