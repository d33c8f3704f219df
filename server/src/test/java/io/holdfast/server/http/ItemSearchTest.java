package io.holdfast.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.server.http.Shop.Reply;
import java.net.URLEncoder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Items of the ticket office, all with one word that nothing else has.
class ItemSearchTest {
  private static final Shop SHOP = TestNode.shared().tenant("ticket-office");

  /// Letters only, so that it could be mistyped, and always the same number of them.
  private static final String MARK =
      "mark" + UUID.randomUUID().toString().replace("-", "").replaceAll("\\d", "x");

  private static final String JACKETS = "Jackets " + MARK;
  private static final String TENTS = "Tents " + MARK;

  @BeforeAll
  static void makeItems() {
    make("a", "Rain jacket", quoted(JACKETS), price(12_950, "EUR"), "Light and dry");
    make("b", "Down jacket", quoted(JACKETS), price(29_900, "EUR"), "Warm; not for rain");
    make("c", "Crème tent for two", quoted(TENTS), price(45_000, "EUR"), "With a rain sheet");
    make("d", "Tent for four", quoted(TENTS), price(39_900, "GBP"), "Roomy");
    make("e", "Umbrella", "null", "null", "For rain");
  }

  private static void make(String name, String title, String category, String price, String text) {
    String body =
        """
        {"sku":"%s-%s","name":"%s","category":%s,"price":%s,"description":"%s",
         "attributes":{"test":"%s"}}"""
            .formatted(name, MARK, title, category, price, text, MARK);
    Reply made = SHOP.post("/v1/items", body);
    assertEquals(201, made.status(), made.text());
  }

  private static String quoted(String text) {
    return "\"" + text + "\"";
  }

  private static String price(long amount, String currency) {
    return "{\"amount\":%d,\"currency\":\"%s\"}".formatted(amount, currency);
  }

  @ParameterizedTest
  @CsvSource({
    "rain, a b c e",
    "RAIN Jacket, a b",
    "jack, a b",
    "creme, c",
    "CRÈME, c",
    "tents, c d",
    "rain sheet, c",
    "jakcet, a b",
    "jackett, a b",
    "umbrela, e",
    "rain tnet, c",
    "nothingofthekind, ''",
    "a, a c",
    "!?, a b c d e"
  })
  void findsWhatHasAllWords(String words, String expected) {
    List<String> found = new ArrayList<>(names("q=" + encoded(words + " " + MARK)));
    found.sort(Comparator.naturalOrder());
    assertEquals(expected.isEmpty() ? List.of() : List.of(expected.split(" ")), found);
  }

  @Test
  void whatItIsCalledComesBeforeWhatIsSaidOfIt() {
    assertEquals("a", names("q=" + encoded("rain " + MARK)).getFirst());
    assertEquals(List.of("c", "d"), names("q=" + encoded("tent " + MARK)).subList(0, 2));
  }

  @Test
  void filtersByCategoryAndPrice() {
    String all = "q=" + MARK;
    assertEquals(List.of("a", "b"), names(all + "&sort=sku&category=" + encoded(JACKETS)));
    assertEquals(List.of("a", "b", "c"), names(all + "&sort=sku&currency=EUR"));
    assertEquals(List.of("b", "c"), names(all + "&sort=sku&currency=EUR&price_min=12951"));
    assertEquals(List.of("a"), names(all + "&currency=EUR&price_min=12950&price_max=12950"));
    assertEquals(List.of("a", "b"), names("sort=sku&category=" + encoded(JACKETS)));
  }

  @ParameterizedTest
  @CsvSource({
    "sku, a b c d e",
    "name, c b a d e",
    "price, a b c d e",
    "-price, c b a d e",
    "newest, e d c b a"
  })
  void sortsAndGoesOnWhereThePageEnded(String sort, String expected) {
    String query = "q=" + MARK + "&sort=" + sort;
    assertEquals(List.of(expected.split(" ")), names(query));
    assertEquals(List.of(expected.split(" ")), pageByPage(query));
  }

  @Test
  void byRelevanceNothingIsSkippedOrRepeated() {
    String query = "q=" + encoded("rain " + MARK);
    assertEquals(names(query), pageByPage(query));
  }

  @Test
  void facetsTellWhatCouldBeChosenInstead() {
    JsonNode all = facets("q=" + MARK);
    assertEquals(5, all.get("total").asLong());
    assertEquals(
        "[{\"category\":\"%s\",\"items\":2},{\"category\":\"%s\",\"items\":2}]"
            .formatted(JACKETS, TENTS),
        all.get("categories").toString());
    assertEquals(
        "[{\"currency\":\"EUR\",\"items\":3,\"min\":12950,\"max\":45000},"
            + "{\"currency\":\"GBP\",\"items\":1,\"min\":39900,\"max\":39900}]",
        all.get("prices").toString());
    JsonNode jackets =
        facets("q=" + MARK + "&currency=EUR&price_max=20000&category=" + encoded(JACKETS));
    assertEquals(1, jackets.get("total").asLong());
    assertEquals(
        "[{\"category\":\"%s\",\"items\":1}]".formatted(JACKETS),
        jackets.get("categories").toString());
    assertEquals(
        "[{\"currency\":\"EUR\",\"items\":2,\"min\":12950,\"max\":29900}]",
        jackets.get("prices").toString());
    assertTrue(SHOP.get("/v1/items?q=" + MARK).body().get("facets").isNull());
  }

  @Test
  void whatChangesIsFoundByItsNewWordsOnly() {
    String sku = Shop.newSku();
    String old = word();
    String fresh = word();
    SHOP.post("/v1/items", "{\"sku\":\"%s\",\"name\":\"%s\"}".formatted(sku, old));
    assertEquals(List.of(sku), skus("q=" + old));
    SHOP.patch("/v1/items/" + sku, "{\"name\":\"%s\"}".formatted(fresh));
    assertEquals(List.of(), skus("q=" + old));
    assertEquals(List.of(sku), skus("q=" + fresh));
    SHOP.patch("/v1/items/" + sku, "{\"archived\":true}");
    assertEquals(List.of(), skus("q=" + fresh));
    assertEquals(List.of(sku), skus("archived=true&q=" + fresh));
  }

  @Test
  void anotherTenantsWordsFindNothing() {
    Shop other = TestNode.shared().tenant("sweet-shop");
    for (String query : List.of("q=" + MARK, "category=" + encoded(JACKETS))) {
      JsonNode page = other.get("/v1/items?facets=true&" + query).body();
      assertEquals(0, page.get("items").size(), query);
      assertEquals(0, page.at("/facets/total").asLong(), query);
      assertFalse(page.toString().contains(MARK), query);
    }
  }

  @Test
  void anItemOfAnEarlierProgramIsFoundWhenANodeHasStarted() throws Exception {
    String sku = Shop.newSku();
    String name = word();
    SHOP.post("/v1/items", "{\"sku\":\"%s\",\"name\":\"%s\"}".formatted(sku, name));
    String database = DataFolder.databaseUrl(TestNode.shared().folder());
    try (Connection owner = DriverManager.getConnection(database);
        Statement statement = owner.createStatement()) {
      statement.execute(
          "SELECT set_config('holdfast.tenant_id', tenant_id::text, false)"
              + " FROM holdfast.tenant_of_slug('ticket-office')");
      statement.execute("DELETE FROM holdfast.catalog_words WHERE sku = '" + sku + "'");
      statement.execute(
          "UPDATE holdfast.catalog_items SET words_version = 0 WHERE sku = '" + sku + "'");
    }
    assertEquals(List.of(), skus("q=" + name));
    String folder = DataFolder.fresh().toString();
    Program node =
        Program.start("serve", "--port", "0", "--data-dir", folder, "--db-url", database);
    node.address();
    assertEquals(List.of(sku), skus("q=" + name));
    assertEquals(0, node.terminate().exitCode());
  }

  @Test
  void manyOfOneWordAreFoundPageByPage() {
    Shop warehouse = TestNode.shared().tenant("warehouse");
    JsonNode page = warehouse.get("/v1/items?q=warehuose+item&limit=1000&facets=true").body();
    assertEquals(10_000, page.at("/facets/total").asLong());
    assertEquals(25, page.at("/facets/categories").size());
    assertEquals(400, page.at("/facets/categories/0/items").asLong());
    assertEquals(1_000, page.get("items").size());
    assertNotEquals("null", page.get("next").asText());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sort=relevance",
        "sort=price&sort=name",
        "sort=colour",
        "price_min=5",
        "currency=XQQ",
        "currency=EUR&price_min=-1",
        "currency=EUR&price_max=cheap",
        "category=",
        "facets=perhaps",
        "colour=blue",
        "limit=0",
        "q=%00",
        "after=bmFtZQo"
      })
  void refusesWhatIsNoQuery(String query) {
    Reply refused = SHOP.get("/v1/items?" + query);
    assertEquals(400, refused.status(), refused.text());
    assertEquals("invalid_request", refused.code());
  }

  @Test
  void aCursorIsOfItsSort() {
    JsonNode page = SHOP.get("/v1/items?limit=1&sort=name&q=" + MARK).body();
    Reply refused = SHOP.get("/v1/items?sort=newest&after=" + page.get("next").asText());
    assertEquals("after", refused.body().at("/errors/0/member").asText());
  }

  private static String word() {
    return "word" + UUID.randomUUID().toString().replace("-", "").replaceAll("\\d", "y");
  }

  private static JsonNode facets(String query) {
    return SHOP.get("/v1/items?facets=true&" + query).body().get("facets");
  }

  private static List<String> names(String query) {
    return skus(query).stream().map(sku -> sku.substring(0, 1)).toList();
  }

  private static List<String> skus(String query) {
    Reply reply = SHOP.get("/v1/items?" + query);
    assertEquals(200, reply.status(), reply.text());
    return skus(reply.body());
  }

  private static List<String> skus(JsonNode page) {
    return IntStream.range(0, page.get("items").size())
        .mapToObj(i -> page.at("/items/" + i + "/sku").asText())
        .toList();
  }

  /// The same two at a time.
  private static List<String> pageByPage(String query) {
    List<String> names = new ArrayList<>();
    String path = "/v1/items?limit=2&" + query;
    JsonNode page = SHOP.get(path).body();
    while (true) {
      skus(page).forEach(sku -> names.add(sku.substring(0, 1)));
      if (page.get("next").isNull()) {
        return names;
      }
      page = SHOP.get(path + "&after=" + page.get("next").asText()).body();
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
