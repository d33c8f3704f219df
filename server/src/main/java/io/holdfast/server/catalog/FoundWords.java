package io.holdfast.server.catalog;

import io.holdfast.stock.TenantId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/// The words of a query, and for each that no item has, those that may have been meant.
///
/// @param words as they were written
/// @param near words of items that one of them is near to, in its place
record FoundWords(List<String> words, List<Near> near, boolean alsoArchived) {
  /// Which words begin so that an item has.
  static final String WORDS_KNOWN =
      """
      SELECT asked.place
      FROM unnest(?::int[], ?::text[], ?::text[]) AS asked (place, first, beyond)
      WHERE EXISTS (
          SELECT FROM holdfast.catalog_words w
          WHERE w.tenant_id = ? AND w.word >= asked.first AND w.word < asked.beyond
              AND (w.listed OR ?))
      """;

  static final String WORDS_OF_FORMS =
      """
      SELECT DISTINCT f.word
      FROM holdfast.catalog_word_forms f
      WHERE f.tenant_id = ? AND f.form = ANY (?::text[])
      LIMIT 1000
      """;

  private static final String FOUND =
      """
      WITH found AS (
          SELECT hit.sku, sum(hit.score) AS score, min(hit.category) AS category,
              min(hit.price_currency) AS price_currency, min(hit.price_amount) AS price_amount
          FROM (
              SELECT asked.bit, w.sku,
                  w.weight * CASE WHEN w.word = asked.first THEN 4 ELSE 2 END AS score,
                  w.category, w.price_currency, w.price_amount
              FROM unnest(?::int[], ?::text[], ?::text[]) AS asked (bit, first, beyond)
              JOIN holdfast.catalog_words w
                  ON w.tenant_id = ? AND w.word >= asked.first AND w.word < asked.beyond
              WHERE w.listed OR ?
              UNION ALL
              SELECT near.bit, w.sku, w.weight, w.category, w.price_currency, w.price_amount
              FROM unnest(?::int[], ?::text[]) AS near (bit, word)
              JOIN holdfast.catalog_words w ON w.tenant_id = ? AND w.word = near.word
              WHERE w.listed OR ?
          ) hit
          GROUP BY hit.sku
          HAVING bit_or(hit.bit) = ?
      )
      """;

  /// Beyond every word that begins with what stands before it.
  private static final String LAST = "\uDBFF\uDFFF";

  /// Beyond the word alone.
  private static final String NEXT = "\u0001";

  /// @param place of the word in the query, from 0
  record Near(int place, String word) {}

  static FoundWords of(Handle handle, TenantId tenant, ItemQuery.Text text, boolean alsoArchived) {
    FoundWords written = new FoundWords(text.words(), List.of(), alsoArchived);
    List<Integer> unknown = written.unknown(handle, tenant);
    return unknown.isEmpty()
        ? written
        : new FoundWords(text.words(), written.near(handle, tenant, unknown), alsoArchived);
  }

  private List<Integer> unknown(Handle handle, TenantId tenant) {
    Set<Integer> known =
        new HashSet<>(
            handle
                .createQuery(WORDS_KNOWN)
                .bind(0, places())
                .bind(1, words.toArray(String[]::new))
                .bind(2, beyond())
                .bind(3, tenant.value())
                .bind(4, alsoArchived)
                .mapTo(Integer.class)
                .list());
    return IntStream.range(0, words.size())
        .filter(place -> !known.contains(place))
        .boxed()
        .toList();
  }

  private List<Near> near(Handle handle, TenantId tenant, List<Integer> unknown) {
    Set<String> forms = new TreeSet<>();
    unknown.forEach(place -> forms.addAll(WordForms.of(words.get(place))));
    if (forms.isEmpty()) {
      return List.of();
    }
    List<String> candidates =
        handle
            .createQuery(WORDS_OF_FORMS)
            .bind(0, tenant.value())
            .bind(1, forms.toArray(String[]::new))
            .mapTo(String.class)
            .list();
    List<Near> found = new ArrayList<>();
    for (int place : unknown) {
      candidates.stream()
          .filter(candidate -> WordForms.isNear(words.get(place), candidate))
          .forEach(candidate -> found.add(new Near(place, candidate)));
    }
    return found;
  }

  /// Begins a statement with `found`: the items that have each of the words, and how much they say.
  void addTo(Statement statement, TenantId tenant) {
    statement.add(
        FOUND,
        IntStream.range(0, words.size()).map(FoundWords::bit).boxed().toArray(Integer[]::new),
        words.toArray(String[]::new),
        beyond(),
        tenant.value(),
        alsoArchived,
        near.stream().map(word -> bit(word.place())).toArray(Integer[]::new),
        near.stream().map(Near::word).toArray(String[]::new),
        tenant.value(),
        alsoArchived,
        bit(words.size()) - 1);
  }

  private static int bit(int place) {
    return 1 << place;
  }

  private Integer[] places() {
    return IntStream.range(0, words.size()).boxed().toArray(Integer[]::new);
  }

  /// One letter alone would be the beginning of too many.
  private String[] beyond() {
    return words.stream()
        .map(word -> word + (word.codePointCount(0, word.length()) == 1 ? NEXT : LAST))
        .toArray(String[]::new);
  }
}
