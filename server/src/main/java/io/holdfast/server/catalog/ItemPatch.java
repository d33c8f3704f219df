package io.holdfast.server.catalog;

import static java.util.Objects.requireNonNullElse;

import io.holdfast.server.json.Given;
import io.holdfast.server.json.InvalidMember;
import org.jspecify.annotations.Nullable;

/// What of an item is to be changed; what is null stays as it is.
///
/// @param archived whether it is to be out of the catalogue
/// @param asked the request's own words
record ItemPatch(
    @Nullable Given<ItemName> name,
    @Nullable Given<Description> description,
    @Nullable Given<Category> category,
    @Nullable Given<Money> price,
    @Nullable Given<AttributesPatch> attributes,
    @Nullable Given<Picture> picture,
    @Nullable Boolean archived,
    String asked) {

  ItemDetails on(ItemDetails current) {
    return new ItemDetails(
        requireNonNullElse(Given.or(name, current.name()), current.name()),
        Given.or(description, current.description()),
        Given.or(category, current.category()),
        Given.or(price, current.price()),
        attributesOn(current.attributes()),
        Given.or(picture, current.picture()));
  }

  private Attributes attributesOn(Attributes current) {
    if (attributes == null) {
      return current;
    }
    AttributesPatch patch = attributes.value();
    try {
      return patch == null ? Attributes.NONE : patch.on(current);
    } catch (IllegalArgumentException e) {
      throw new InvalidMember("attributes", String.valueOf(e.getMessage()));
    }
  }

  boolean archivedFrom(boolean isArchived) {
    return archived == null ? isArchived : archived;
  }
}
