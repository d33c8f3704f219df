package io.holdfast.server.demo;

import io.holdfast.server.catalog.CatalogItem;
import io.holdfast.server.catalog.Category;
import io.holdfast.server.catalog.ItemDetails;
import io.holdfast.server.catalog.ItemName;
import io.holdfast.server.catalog.Money;
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
  private static final int ITEMS_PER_AISLE = 400;
  private static final long WAREHOUSE_UNITS = 100_000;
  private static final long SWEETS = 500;

  static final DemoShop TICKET_OFFICE =
      new DemoShop(
          "ticket-office",
          "Ticket office",
          List.of(item(Demonstration.TICKET.value(), TICKET_NAME, "Concerts", 4_500, "EUR")),
          TICKETS);

  static List<DemoShop> all() {
    return List.of(TICKET_OFFICE, sweetShop(), warehouse());
  }

  /// A gift wrap is never out: it is untracked.
  private static DemoShop sweetShop() {
    List<CatalogItem> items =
        new ArrayList<>(
            List.of(
                sweet("aniseed-ball", "Aniseed balls, 100 g", "Boiled sweets", 180),
                sweet("barley-sugar", "Barley sugar, 100 g", "Boiled sweets", 190),
                sweet("caramel", "Sea salt caramels, box of 12", "Caramel and toffee", 850),
                sweet("fudge", "Vanilla fudge, 200 g", "Caramel and toffee", 420),
                sweet("humbug", "Mint humbugs, 100 g", "Boiled sweets", 180),
                sweet("liquorice", "Liquorice laces, 10 pieces", "Liquorice", 250),
                sweet("marzipan", "Marzipan potatoes, 150 g", "Almond", 480),
                sweet("nougat", "Almond nougat, bar", "Almond", 360),
                sweet("pear-drop", "Pear drops, 100 g", "Boiled sweets", 180),
                sweet("toffee", "Treacle toffee, 200 g", "Caramel and toffee", 390)));
    CatalogItem wrap = sweet("gift-wrap", "Gift wrap", "Extras", 150);
    items.add(new CatalogItem(wrap.sku(), false, wrap.details()));
    return new DemoShop("sweet-shop", "Sweet shop", items, SWEETS);
  }

  private static DemoShop warehouse() {
    List<CatalogItem> items =
        IntStream.rangeClosed(1, WAREHOUSE_ITEMS).mapToObj(DemoShop::stocked).toList();
    return new DemoShop("warehouse", "Warehouse", items, WAREHOUSE_UNITS);
  }

  private static CatalogItem stocked(int number) {
    String category = "Aisle %02d".formatted(1 + (number - 1) / ITEMS_PER_AISLE);
    return item(
        "W-%05d".formatted(number),
        "Warehouse item %05d".formatted(number),
        category,
        100 + number,
        "EUR");
  }

  private static CatalogItem sweet(String sku, String name, String category, long price) {
    return item(sku, name, category, price, "GBP");
  }

  /// A tracked one.
  private static CatalogItem item(
      String sku, String name, String category, long price, String currency) {
    return new CatalogItem(
        new Sku(sku),
        true,
        ItemDetails.of(new ItemName(name))
            .inCategory(new Category(category))
            .at(new Money(price, currency)));
  }
}
