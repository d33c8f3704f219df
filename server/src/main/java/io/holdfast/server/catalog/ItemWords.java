package io.holdfast.server.catalog;

import io.holdfast.stock.TenantId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/// The tables `catalog_words` and `catalog_word_forms`, by which items are found.
final class ItemWords {
  static final String WORDS_DELETE =
      """
      DELETE FROM holdfast.catalog_words WHERE tenant_id = ? AND sku = ?
      """;

  static final String WORDS_INSERT =
      """
      INSERT INTO holdfast.catalog_words (tenant_id, word, sku, weight, listed)
      SELECT ?, new.word, new.sku, new.weight, new.listed
      FROM unnest(?::text[], ?::text[], ?::smallint[], ?::boolean[])
          AS new (word, sku, weight, listed)
      ON CONFLICT DO NOTHING
      """;

  static final String WORDS_NEW =
      """
      SELECT new.word
      FROM unnest(?::text[]) AS new (word)
      WHERE NOT EXISTS (
          SELECT FROM holdfast.catalog_word_forms f
          WHERE f.tenant_id = ? AND f.form = new.word AND f.word = new.word)
      """;

  static final String FORMS_INSERT =
      """
      INSERT INTO holdfast.catalog_word_forms (tenant_id, form, word)
      SELECT ?, new.form, new.word
      FROM unnest(?::text[], ?::text[]) AS new (form, word)
      ON CONFLICT DO NOTHING
      """;

  private ItemWords() {}

  /// An item whose words are to be rows.
  record Listing(CatalogItem item, boolean listed) {}

  private record Form(String form, String word) {}

  /// Of an item that may have had others.
  static void replace(Handle handle, TenantId tenant, Listing listing) {
    handle.execute(WORDS_DELETE, tenant.value(), listing.item().sku().value());
    add(handle, tenant, List.of(listing));
  }

  /// Of items that have none yet.
  static void add(Handle handle, TenantId tenant, List<Listing> listings) {
    List<String> words = new ArrayList<>();
    List<String> skus = new ArrayList<>();
    List<Integer> weights = new ArrayList<>();
    List<Boolean> listed = new ArrayList<>();
    for (Listing listing : listings) {
      for (Map.Entry<String, Integer> word : Words.of(listing.item()).entrySet()) {
        words.add(word.getKey());
        skus.add(listing.item().sku().value());
        weights.add(word.getValue());
        listed.add(listing.listed());
      }
    }
    handle.execute(
        WORDS_INSERT,
        tenant.value(),
        words.toArray(String[]::new),
        skus.toArray(String[]::new),
        weights.toArray(Integer[]::new),
        listed.toArray(Boolean[]::new));
    addForms(handle, tenant, new TreeSet<>(words));
  }

  /// Two who make the same new word known wait for each other in one order.
  private static void addForms(Handle handle, TenantId tenant, Set<String> words) {
    List<String> mistakable = words.stream().filter(word -> !WordForms.of(word).isEmpty()).toList();
    if (mistakable.isEmpty()) {
      return;
    }
    List<Form> forms =
        handle
            .createQuery(WORDS_NEW)
            .bind(0, mistakable.toArray(String[]::new))
            .bind(1, tenant.value())
            .mapTo(String.class)
            .stream()
            .flatMap(word -> WordForms.of(word).stream().map(form -> new Form(form, word)))
            .sorted(Comparator.comparing(Form::form).thenComparing(Form::word))
            .toList();
    if (!forms.isEmpty()) {
      handle.execute(
          FORMS_INSERT,
          tenant.value(),
          forms.stream().map(Form::form).toArray(String[]::new),
          forms.stream().map(Form::word).toArray(String[]::new));
    }
  }
}
