package io.holdfast.server.catalog;

import io.holdfast.server.json.Given;
import io.holdfast.server.json.InvalidMember;
import io.holdfast.server.json.JsonMembers;
import io.holdfast.stock.Sku;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What one line of a file says of an item. What it does not name stays as it is; of an item that
/// is new, it is as with a creation. Attributes that it names are all that there are then.
///
/// @param tracked null: as it is
/// @param makesNew whether an item that there is not yet is made
public record ItemLine(
    Sku sku,
    @Nullable Boolean tracked,
    ItemPatch patch,
    @Nullable Given<Attributes> attributes,
    boolean makesNew) {

  /// Of a file of items.
  ///
  /// @throws InvalidMember if it can't be one
  public static ItemLine ofItem(JsonMembers members) {
    return new ItemLine(
        members.text("sku", Sku::new),
        members.optionalFlag("tracked"),
        new ItemPatch(
            members.given("name", _ -> Optional.of(members.text("name", ItemName::new))),
            members.given("description", name -> members.optionalText(name, Description::new)),
            members.given("category", name -> members.optionalText(name, Category::new)),
            members.given("price", name -> Price.read(members, name)),
            null,
            members.given("picture", name -> members.optionalText(name, Picture::new)),
            members.optionalFlag("archived"),
            ""),
        members.given("attributes", name -> Optional.of(attributes(members, name))),
        true);
  }

  /// Of a file of prices.
  ///
  /// @throws InvalidMember if it can't be one
  public static ItemLine ofPrice(JsonMembers members) {
    return new ItemLine(
        members.text("sku", Sku::new),
        null,
        new ItemPatch(
            null,
            null,
            null,
            members.given("price", name -> Price.read(members, name)),
            null,
            null,
            null,
            ""),
        null,
        false);
  }

  private static Attributes attributes(JsonMembers members, String name) {
    return members
        .optionalTextsByName(name, AttributesPatch::new)
        .map(given -> given.on(Attributes.NONE))
        .orElse(Attributes.NONE);
  }

  /// Null: nothing is said of it.
  @Nullable ItemName name() {
    return Given.or(patch.name(), null);
  }

  ItemDetails on(ItemDetails current) {
    ItemDetails changed = patch.on(current);
    Attributes all = Given.or(attributes, changed.attributes());
    return new ItemDetails(
        changed.name(),
        changed.description(),
        changed.category(),
        changed.price(),
        all == null ? Attributes.NONE : all,
        changed.picture());
  }
}
