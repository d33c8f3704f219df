package io.holdfast.server.catalog;

import io.holdfast.server.json.AddressParameters;
import io.holdfast.server.json.InvalidMember;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The parameters of the address of all items.
final class ItemParameters {
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 1_000;
  private static final Set<String> NAMES =
      Set.of(
          "q",
          "category",
          "currency",
          "price_min",
          "price_max",
          "archived",
          "sort",
          "facets",
          "limit",
          "after");

  private final AddressParameters parameters;

  ItemParameters(UriInfo address) {
    this.parameters = new AddressParameters(address, NAMES);
  }

  int limit() {
    return parameters.limit(DEFAULT_LIMIT, MAX_LIMIT);
  }

  boolean wantsFacets() {
    return parameters.flag("facets");
  }

  @Nullable ItemCursor after(ItemQuery query) {
    String after = parameters.text("after");
    return after == null ? null : ItemCursor.parse(query.sort(), after);
  }

  ItemQuery query() {
    String words = parameters.text("q");
    ItemQuery.Text text = words == null || words.isBlank() ? null : ItemQuery.Text.of(words);
    return new ItemQuery(
        text,
        category(),
        prices(),
        parameters.flag("archived"),
        ItemQuery.Sort.of(parameters.text("sort"), text != null));
  }

  private @Nullable Category category() {
    String category = parameters.text("category");
    try {
      return category == null ? null : new Category(category);
    } catch (IllegalArgumentException e) {
      throw new InvalidMember("category", String.valueOf(e.getMessage()));
    }
  }

  private ItemQuery.@Nullable PriceRange prices() {
    String currency = parameters.text("currency");
    Long from = parameters.whole("price_min", 0, Money.MAX_AMOUNT);
    Long to = parameters.whole("price_max", 0, Money.MAX_AMOUNT);
    if (currency == null) {
      if (from != null || to != null) {
        throw new InvalidMember("currency", "is missing: prices are compared within one");
      }
      return null;
    }
    try {
      return new ItemQuery.PriceRange(
          Money.requireKnown(currency),
          from == null ? 0 : from,
          to == null ? Money.MAX_AMOUNT : to);
    } catch (IllegalArgumentException e) {
      throw new InvalidMember("currency", String.valueOf(e.getMessage()));
    }
  }
}
