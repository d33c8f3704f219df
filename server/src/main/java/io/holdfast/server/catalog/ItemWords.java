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
      DELETE FROM holdfast.catalog_words WHERE tenant_id = ? AND sku = ANY (?)
      """;

  static final String WORDS_INSERT =
      """
      INSERT INTO holdfast.catalog_words (tenant_id, word, sku, weight, listed, category,
          price_currency, price_amount)
      SELECT i.tenant_id, new.word, i.sku, new.weight, i.archived_at IS NULL, i.category,
          i.price_currency, i.price_amount
      FROM unnest(?::text[], ?::text[], ?::smallint[]) AS new (word, sku, weight)
      JOIN holdfast.catalog_items i ON i.tenant_id = ? AND i.sku = new.sku
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

  private record Form(String form, String word) {}

  /// Of an item whose row is changed already.
  static void replace(Handle handle, TenantId tenant, CatalogItem item) {
    replace(handle, tenant, List.of(item), new String[] {item.sku().value()});
  }

  /// @param skus of the items
  static void replace(Handle handle, TenantId tenant, List<CatalogItem> items, String[] skus) {
    handle.execute(WORDS_DELETE, tenant.value(), skus);
    add(handle, tenant, items);
  }

  /// Of items that have rows, and no words yet.
  static void add(Handle handle, TenantId tenant, List<CatalogItem> items) {
    List<String> words = new ArrayList<>();
    List<String> skus = new ArrayList<>();
    List<Integer> weights = new ArrayList<>();
    for (CatalogItem item : items) {
      for (Map.Entry<String, Integer> word : Words.of(item).entrySet()) {
        words.add(word.getKey());
        skus.add(item.sku().value());
        weights.add(word.getValue());
      }
    }
    handle.execute(
        WORDS_INSERT,
        words.toArray(String[]::new),
        skus.toArray(String[]::new),
        weights.toArray(Integer[]::new),
        tenant.value());
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
