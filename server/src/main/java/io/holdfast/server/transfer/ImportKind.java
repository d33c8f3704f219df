package io.holdfast.server.transfer;

import static io.holdfast.server.transfer.Column.Type.FLAG;
import static io.holdfast.server.transfer.Column.Type.TEXT;
import static io.holdfast.server.transfer.Column.Type.TOLD;
import static io.holdfast.server.transfer.Column.Type.TREE;
import static io.holdfast.server.transfer.Column.Type.WHOLE;

import io.holdfast.server.catalog.ItemLine;
import io.holdfast.server.json.JsonMembers;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// What a file is about.
enum ImportKind {
  ITEMS(
      List.of("changeItem"),
      Column.text("sku"),
      Column.text("name"),
      Column.of("tracked", FLAG),
      Column.text("description"),
      Column.text("category"),
      new Column("price_amount", "price.amount", WHOLE),
      new Column("price_currency", "price.currency", TEXT),
      Column.of("attributes", TREE),
      Column.text("picture"),
      Column.of("archived", FLAG)),
  PRICES(
      List.of("changeItem"),
      Column.text("sku"),
      new Column("price_amount", "price.amount", WHOLE),
      new Column("price_currency", "price.currency", TEXT)),
  STOCK(
      List.of("count", "receive"),
      Column.text("sku"),
      Column.text("location"),
      Column.of("on_hand", WHOLE),
      Column.of("version", WHOLE),
      Column.of("received", WHOLE),
      Column.of("reserved", TOLD),
      Column.of("available", TOLD));

  // Written once, above.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> operations;

  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Column> columns;

  @SuppressWarnings("ImmutableEnumChecker")
  private final Set<String> members;

  ImportKind(List<String> operations, Column... columns) {
    this.operations = operations;
    this.columns = List.of(columns);
    this.members =
        this.columns.stream().map(Column::outerMember).collect(Collectors.toUnmodifiableSet());
  }

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static ImportKind ofCode(String code) {
    return Arrays.stream(values())
        .filter(kind -> kind.code().equals(code))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("must be items, prices or stock"));
  }

  /// The operations that each line would be by itself: who may not do them may not do so many.
  List<String> operations() {
    return operations;
  }

  List<Column> columns() {
    return columns;
  }

  /// The members of a line's object.
  Set<String> members() {
    return members;
  }

  /// Those without which a line says nothing.
  List<String> required() {
    return this == PRICES ? List.of("sku", "price") : List.of("sku");
  }

  /// What a line is about. It throws an `InvalidMember` where the line can't be one.
  LineKey key(JsonMembers members) {
    return switch (this) {
      case ITEMS -> new LineKey(ItemLine.ofItem(members).sku(), "");
      case PRICES -> new LineKey(ItemLine.ofPrice(members).sku(), "");
      case STOCK -> StockLine.of(members).key();
    };
  }
}
