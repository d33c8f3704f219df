package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.server.http.Shop.Reply;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocationRoutesTest {
  private static final String TENANT_SET =
      """
      SELECT set_config('holdfast.tenant_id', tenant_id::text, false)
      FROM holdfast.tenant_of_slug('warehouse')""";

  private static final String MANY_OPENED =
      """
      INSERT INTO holdfast.locations (tenant_id, location)
      SELECT current_setting('holdfast.tenant_id')::bigint, 'many-' || n
      FROM generate_series(1, 999) n""";

  private static final String MANY_CLOSED =
      "DELETE FROM holdfast.locations WHERE location LIKE 'many-%'";

  private final Shop shop = TestNode.shared().tenant("sweet-shop");

  @Test
  void aLocationIsOpenedAndFound() {
    String name = "Né €/b ?" + Shop.newSku();
    Reply opened = shop.post("/v1/locations", "{\"location\":\"%s\"}".formatted(name));
    assertEquals(201, opened.status(), opened.text());
    assertEquals(name, opened.body().get("location").asText());
    assertEquals(100, opened.body().get("priority").asLong());
    Reply found = shop.get(opened.header("Location"));
    assertEquals(opened.text(), found.text());
    assertEquals("\"1\"", found.header("ETag"));
    Reply again = shop.post("/v1/locations", "{\"location\":\"%s\"}".formatted(name));
    assertEquals(409, again.status());
    assertEquals("location_exists", again.code());
    assertEquals("location", again.member());
  }

  @Test
  void locationsStandInTheOrderInWhichStockIsTakenFromThem() {
    String last = shop.opened(1_000_000);
    String first = shop.opened(0);
    List<String> names = names(shop.get("/v1/locations").body());
    assertTrue(names.indexOf(first) < names.indexOf("main"));
    assertTrue(names.indexOf("main") < names.indexOf(last));
    assertEquals(200, shop.patch("/v1/locations/" + last, "{\"priority\":0}").status());
    assertTrue(names(shop.get("/v1/locations").body()).indexOf(last) < names.indexOf("main"));
  }

  @Test
  void nobodysEditOfALocationIsLost() {
    String address = "/v1/locations/" + shop.opened(10);
    Reply moved = shop.patch(address, "{\"priority\":20}", "If-Match", "\"1\"");
    assertEquals(200, moved.status(), moved.text());
    assertEquals("\"2\"", moved.header("ETag"));
    assertEquals(moved.text(), shop.get(address).text());
    Reply stale = shop.patch(address, "{\"priority\":30}", "If-Match", "\"1\"");
    assertEquals(412, stale.status());
    assertEquals("version_conflict", stale.code());
    assertEquals("If-Match", stale.member());
    assertEquals(moved.text(), shop.get(address).text());
    assertEquals(3, shop.patch(address, "{\"priority\":5}").body().get("version").asLong());
    assertEquals(200, shop.patch(address, "{\"priority\":6}", "If-Match", "*").status());
  }

  @Test
  void whatIsNoLocationIsNotFound() {
    for (String name : List.of("nowhere", "a%00b", "x".repeat(65), "%20x")) {
      for (Reply reply :
          List.of(
              shop.get("/v1/locations/" + name),
              shop.patch("/v1/locations/" + name, "{\"priority\":1}"),
              shop.patch("/v1/locations/" + name, "{\"priority\":1}", "If-Match", "\"1\""))) {
        assertEquals(404, reply.status(), name);
        assertEquals("unknown_location", reply.code());
        assertEquals("location", reply.member());
      }
    }
  }

  @Test
  void aTenantHasAThousandLocationsAtMost() throws Exception {
    Shop warehouse = TestNode.shared().tenant("warehouse");
    try (Connection owner =
            DriverManager.getConnection(DataFolder.databaseUrl(TestNode.shared().folder()));
        Statement statement = owner.createStatement()) {
      statement.execute(TENANT_SET);
      statement.execute(MANY_OPENED);
      try {
        Reply refused = warehouse.post("/v1/locations", "{\"location\":\"one more\"}");
        assertEquals(409, refused.status());
        assertEquals("too_many_locations", refused.code());
        assertEquals(1_000, names(warehouse.get("/v1/locations").body()).size());
      } finally {
        statement.execute(MANY_CLOSED);
      }
    }
  }

  private static List<String> names(JsonNode all) {
    List<String> names = new ArrayList<>();
    all.get("locations").forEach(location -> names.add(location.get("location").asText()));
    return names;
  }
}
