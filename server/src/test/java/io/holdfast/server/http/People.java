package io.holdfast.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.server.http.Shop.Reply;
import java.io.IOException;
import java.net.http.HttpClient;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;

/// Registers people at a tenant of the shared node, and logs them in.
final class People {
  static final String PASSWORD = "a cat sat on 4 keyboards";

  private static final String TENANT_SET =
      """
      SELECT set_config('holdfast.tenant_id', tenant_id::text, false)
      FROM holdfast.tenant_of_slug(?)
      """;

  private final String tenant;
  private final Shop door = TestNode.shared().stranger();

  People(String tenant) {
    this.tenant = tenant;
  }

  /// What a login or a refresh gives.
  record Tokens(String access, String refresh) {
    static Tokens of(Reply reply) {
      return new Tokens(
          reply.body().path("access_token").asText(), reply.body().path("refresh_token").asText());
    }

    Shop shop() {
      return new Shop(TestNode.shared().stranger().address(), access);
    }
  }

  static String newName() {
    return "someone-" + UUID.randomUUID();
  }

  Reply register(String username) {
    return door.post("/v1/auth/register", account(username).toString());
  }

  /// By a connection of its own, like somebody else.
  Reply registerApart(String username) {
    return door.send(
        door.request("/v1/auth/register")
            .version(HttpClient.Version.HTTP_1_1)
            .header("Content-Type", "application/json"),
        account(username).toString());
  }

  Reply registerOwner(String username, String invitation) {
    return door.post(
        "/v1/auth/register", account(username).put("invitation", invitation).toString());
  }

  ObjectNode account(String username) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("tenant", tenant)
        .put("username", username)
        .put("email", "somebody@example.org")
        .put("name", "Some Body")
        .put("password", PASSWORD);
  }

  /// The number of an account.
  static String id(Shop owner, String username) {
    String after = "0";
    while (!after.equals("null")) {
      JsonNode page = owner.get("/v1/users?limit=1000&after=" + after).body();
      for (JsonNode user : page.path("users")) {
        if (user.path("username").asText().equals(username)) {
          return user.path("id").asText();
        }
      }
      after = page.path("next").asText();
    }
    throw new AssertionError("nobody is named " + username);
  }

  /// Somebody new.
  String registered() {
    String username = newName();
    register(username);
    return username;
  }

  Reply login(String username, String password) {
    ObjectNode login =
        JsonNodeFactory.instance
            .objectNode()
            .put("tenant", tenant)
            .put("username", username)
            .put("password", password);
    return door.post("/v1/auth/login", login.toString());
  }

  Tokens loggedIn(String username) {
    return Tokens.of(login(username, PASSWORD));
  }

  Reply refresh(String token) {
    return door.post("/v1/auth/refresh", held(token));
  }

  Reply logout(String token) {
    return door.post("/v1/auth/logout", held(token));
  }

  private static String held(String token) {
    return JsonNodeFactory.instance.objectNode().put("refresh_token", token).toString();
  }

  Reply reset(String token, String password) {
    ObjectNode reset =
        JsonNodeFactory.instance.objectNode().put("token", token).put("password", password);
    return door.post("/v1/auth/reset-password", reset.toString());
  }

  /// Runs a statement as the operator, in the tenant.
  int asOwner(String statement, Object... values) {
    try (Connection owner =
            DriverManager.getConnection(DataFolder.databaseUrl(TestNode.shared().folder()));
        PreparedStatement scope = owner.prepareStatement(TENANT_SET);
        PreparedStatement work = owner.prepareStatement(statement)) {
      scope.setString(1, tenant);
      scope.execute();
      for (int i = 0; i < values.length; i++) {
        work.setObject(i + 1, values[i]);
      }
      return work.executeUpdate();
    } catch (IOException | SQLException e) {
      throw new AssertionError(e);
    }
  }
}
