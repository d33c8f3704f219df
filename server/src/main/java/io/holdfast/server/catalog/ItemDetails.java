package io.holdfast.server.catalog;

import org.jspecify.annotations.Nullable;

/// What is told of an item, and may change.
///
/// @param description null: nothing is said
/// @param category null: none
/// @param price null: it has none yet
/// @param picture null: there is none
public record ItemDetails(
    ItemName name,
    @Nullable Description description,
    @Nullable Category category,
    @Nullable Money price,
    Attributes attributes,
    @Nullable Picture picture) {

  /// Of an item of which nothing is told but its name.
  public static ItemDetails of(ItemName name) {
    return new ItemDetails(name, null, null, null, Attributes.NONE, null);
  }

  /// The same in a category.
  public ItemDetails inCategory(Category chosen) {
    return new ItemDetails(name, description, chosen, price, attributes, picture);
  }

  /// The same at a price.
  public ItemDetails at(Money asked) {
    return new ItemDetails(name, description, category, asked, attributes, picture);
  }
}
