package io.holdfast.server.catalog;

import io.holdfast.server.json.InvalidMember;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which items are asked for, and in which order.
///
/// @param text null: all that the rest allows
/// @param alsoArchived whether those are meant, too, that are out of the catalogue
record ItemQuery(
    @Nullable Text text,
    @Nullable Category category,
    @Nullable PriceRange prices,
    boolean alsoArchived,
    Sort sort) {

  /// Words that an item must all have, or begin so, or be near to.
  record Text(List<String> words) {
    static final int MAX_LENGTH = 200;
    private static final int MAX_WORDS = 8;

    /// Those after the first eight are not looked for.
    static Text of(String text) {
      if (text.length() > MAX_LENGTH) {
        throw new InvalidMember("q", "must have at most " + MAX_LENGTH + " characters");
      }
      return new Text(Words.of(text).stream().distinct().limit(MAX_WORDS).toList());
    }
  }

  /// @param from and
  /// @param to in minor units, both among them
  record PriceRange(String currency, long from, long to) {}

  enum Sort {
    /// What the words say most about first; only with words.
    RELEVANCE,
    SKU,
    NAME,
    /// The cheapest first, one currency after the other, and those without a price last.
    PRICE,
    /// The most expensive first, in the same way.
    PRICE_DESCENDING,
    NEWEST;

    String code() {
      return this == PRICE_DESCENDING ? "-price" : name().toLowerCase(Locale.ROOT);
    }

    /// @param name null: by relevance where there are words, else by sku
    static Sort of(@Nullable String name, boolean hasText) {
      if (name == null) {
        return hasText ? RELEVANCE : SKU;
      }
      return Arrays.stream(values())
          .filter(sort -> sort.code().equals(name))
          .filter(sort -> hasText || sort != RELEVANCE)
          .findFirst()
          .orElseThrow(() -> new InvalidMember("sort", "must be one of " + codes(hasText)));
    }

    private static String codes(boolean hasText) {
      return Arrays.stream(values())
          .filter(sort -> hasText || sort != RELEVANCE)
          .map(Sort::code)
          .collect(Collectors.joining(", "));
    }
  }
}
