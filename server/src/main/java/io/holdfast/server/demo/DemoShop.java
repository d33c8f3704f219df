package io.holdfast.server.demo;

import io.holdfast.server.catalog.CatalogItem;
import io.holdfast.server.catalog.ItemDetails;
import io.holdfast.server.catalog.ItemName;
import io.holdfast.stock.Sku;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// A tenant of the demonstration, and what it has.
///
/// @param units of each tracked item
record DemoShop(String slug, String name, List<CatalogItem> items, long units) {
  static final long TICKETS = 100;
  static final String TICKET_NAME = "Item A - Concert Ticket";

  private static final int WAREHOUSE_ITEMS = 10_000;
  private static final long WAREHOUSE_UNITS = 100_000;
  private static final long SWEETS = 500;

  static final DemoShop TICKET_OFFICE =
      new DemoShop(
          "ticket-office",
          "Ticket office",
          List.of(item(Demonstration.TICKET.value(), TICKET_NAME, true)),
          TICKETS);

  static List<DemoShop> all() {
    return List.of(TICKET_OFFICE, sweetShop(), warehouse());
  }

  /// A gift wrap is never out: it is untracked.
  private static DemoShop sweetShop() {
    List<CatalogItem> items =
        new ArrayList<>(
            List.of(
                item("aniseed-ball", "Aniseed balls, 100 g", true),
                item("barley-sugar", "Barley sugar, 100 g", true),
                item("caramel", "Sea salt caramels, box of 12", true),
                item("fudge", "Vanilla fudge, 200 g", true),
                item("humbug", "Mint humbugs, 100 g", true),
                item("liquorice", "Liquorice laces, 10 pieces", true),
                item("marzipan", "Marzipan potatoes, 150 g", true),
                item("nougat", "Almond nougat, bar", true),
                item("pear-drop", "Pear drops, 100 g", true),
                item("toffee", "Treacle toffee, 200 g", true)));
    items.add(item("gift-wrap", "Gift wrap", false));
    return new DemoShop("sweet-shop", "Sweet shop", items, SWEETS);
  }

  private static DemoShop warehouse() {
    List<CatalogItem> items =
        IntStream.rangeClosed(1, WAREHOUSE_ITEMS)
            .mapToObj(i -> item("W-%05d".formatted(i), "Warehouse item %05d".formatted(i), true))
            .toList();
    return new DemoShop("warehouse", "Warehouse", items, WAREHOUSE_UNITS);
  }

  private static CatalogItem item(String sku, String name, boolean tracked) {
    return new CatalogItem(new Sku(sku), tracked, ItemDetails.of(new ItemName(name)));
  }
}
