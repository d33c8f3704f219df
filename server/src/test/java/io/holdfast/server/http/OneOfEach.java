package io.holdfast.server.http;

import io.holdfast.server.http.ApiDescription.Operation;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/// One of each thing that has an address, all of the sweet shop.
record OneOfEach(
    String sku,
    String location,
    String reservation,
    String order,
    String finding,
    String session,
    String key,
    String user,
    String role,
    String webhook,
    String broughtIn) {
  /// It answers until somebody has had enough of it; it is asked for what there is not.
  static final String ENDLESS = "streamEvents";

  private static final String ONE_OF_EACH = "one of each";

  static final String WEBHOOK =
      """
      {"url":"http://127.0.0.1:9/","types":["reservation.returned"],"description":"one of each"}""";

  static final String PAYMENT = "{\"payment_method\":\"pm_card_visa\"}";

  private static final String TENANT_SET =
      """
      SELECT set_config('holdfast.tenant_id', tenant_id::text, false)
      FROM holdfast.tenant_of_slug('sweet-shop')
      """;

  private static final String FINDING_INSERT =
      """
      INSERT INTO holdfast.findings
          (tenant_id, first_seen_at, last_seen_at, check_name, row_name, expected, found)
      SELECT tenant_id, clock_timestamp(), clock_timestamp(), 'made for a test', ?, '1', '2'
      FROM holdfast.tenant_of_slug('sweet-shop')
      RETURNING finding_id
      """;

  /// One whose file does not come any more, which no node goes on with.
  private static final String IMPORT_INSERT =
      """
      INSERT INTO holdfast.imports
          (tenant_id, kind, format, dry_run, on_error, actor, request_id, address, touched_at)
      SELECT tenant_id, 'items', 'csv', false, 'abort', 'made for a test', 'none', 'none',
          clock_timestamp() - interval '2 minutes'
      FROM holdfast.tenant_of_slug('sweet-shop')
      RETURNING import_id
      """;

  static OneOfEach of(Shop owner) {
    String sku = owner.priced(5, 250);
    owner.put("/v1/items/" + sku + "/purchase-limit", "{\"max_quantity\":5,\"window_seconds\":60}");
    String made = owner.post("/v1/reservations", Shop.lines(sku, 1)).header("Location");
    return new OneOfEach(
        sku,
        owner.opened(10),
        made.replaceFirst(".*/", ""),
        placed(owner, sku),
        addRow(FINDING_INSERT, sku),
        sessionOfSomebody(),
        madeKey(owner),
        madeUser(owner),
        madeRole(owner),
        madeWebhook(owner),
        addRow(IMPORT_INSERT));
  }

  private static String sessionOfSomebody() {
    People people = new People("sweet-shop");
    Shop person = people.loggedIn(people.registered()).shop();
    return person.get("/v1/account/sessions").body().at("/sessions/0/id").asText();
  }

  private static String madeUser(Shop owner) {
    String name = new People("sweet-shop").registered();
    return People.id(owner, name);
  }

  /// The same with another reservation.
  OneOfEach withReservation(String other) {
    return new OneOfEach(
        sku, location, other, order, finding, session, key, user, role, webhook, broughtIn);
  }

  private static String placed(Shop owner, String sku) {
    return owner.post("/v1/orders", Shop.lines(sku, 1)).body().path("id").asText();
  }

  private static String madeRole(Shop owner) {
    String name = "role-" + UUID.randomUUID();
    owner.post("/v1/roles", "{\"name\":\"%s\",\"permissions\":[\"ping\"]}".formatted(name));
    return name;
  }

  private static String madeKey(Shop owner) {
    return owner
        .post("/v1/api-keys", "{\"name\":\"one of each\",\"role\":\"staff\"}")
        .body()
        .at("/key/id")
        .asText();
  }

  /// To a port where nobody listens, of what no test does: nothing is ever sent. There may be few
  /// of them, so the one before goes.
  private static String madeWebhook(Shop owner) {
    owner
        .get("/v1/webhooks")
        .body()
        .path("webhooks")
        .forEach(
            one -> {
              if (one.path("description").asText().equals(ONE_OF_EACH)) {
                owner.delete("/v1/webhooks/" + one.path("id").asText());
              }
            });
    return owner.post("/v1/webhooks", WEBHOOK).body().at("/webhook/id").asText();
  }

  private static String addRow(String statement, String... values) {
    try (Connection owner =
            DriverManager.getConnection(DataFolder.databaseUrl(TestNode.shared().folder()));
        PreparedStatement tenant = owner.prepareStatement(TENANT_SET);
        PreparedStatement insert = owner.prepareStatement(statement)) {
      tenant.execute();
      for (int i = 0; i < values.length; i++) {
        insert.setString(i + 1, values[i]);
      }
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    } catch (IOException | SQLException e) {
      throw new AssertionError(e);
    }
  }

  /// Of the thing that an operation is about.
  String address(Operation operation) {
    return operation
        .template()
        .replace("{sku}", sku)
        .replace("{location}", location)
        .replace("{session}", session)
        .replace("{key}", key)
        .replace("{user}", user)
        .replace("{role}", role)
        .replace("{webhook}", webhook)
        .replace("{tenant}", "sweet-shop")
        .replace("{import}", broughtIn)
        .replace("{id}", id(operation))
        .concat(query(operation));
  }

  private static String query(Operation operation) {
    return switch (operation.id()) {
      case ENDLESS -> "?after=" + Long.MAX_VALUE;
      case "createImport" -> "?kind=items";
      default -> "";
    };
  }

  private String id(Operation operation) {
    if (operation.template().contains("findings")) {
      return finding;
    }
    return operation.template().startsWith("/v1/orders") ? order : reservation;
  }
}
