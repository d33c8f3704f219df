package io.holdfast.server.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.holdfast.server.http.Shop.Reply;
import java.net.http.HttpRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A browser that has logged in to the console of a node.
///
/// @param shop the node, without a credential
/// @param cookie its name and value
record Browser(Shop shop, String cookie, String csrfToken) {
  static final String ATTRIBUTES = "; Path=/; HttpOnly; SameSite=Strict";

  private static final Pattern SET =
      Pattern.compile("(holdfast=hc_\\d+_[\\w-]{43})" + Pattern.quote(ATTRIBUTES));

  static Browser loggedIn(String tenant, String username) {
    return of(TestNode.shared().stranger(), login(tenant, username, People.PASSWORD, ""));
  }

  static Browser of(Shop shop, Reply login) {
    Matcher cookie = SET.matcher(login.header("Set-Cookie"));
    if (!cookie.matches()) {
      throw new AssertionError(login.text() + login.header("Set-Cookie"));
    }
    return new Browser(shop, cookie.group(1), login.body().path("csrf_token").asText());
  }

  /// @param cookie that comes with it, or nothing
  static Reply login(String tenant, String username, String password, String cookie) {
    Shop shop = TestNode.shared().stranger();
    String body =
        JsonNodeFactory.instance
            .objectNode()
            .put("tenant", tenant)
            .put("username", username)
            .put("password", password)
            .toString();
    HttpRequest.Builder request =
        shop.request("/v1/auth/console").header("Content-Type", "application/json");
    return shop.send(cookie.isEmpty() ? request : request.header("Cookie", cookie), body);
  }

  /// The same browser at another node.
  Browser at(String address) {
    return new Browser(new Shop(address, null), cookie, csrfToken);
  }

  HttpRequest.Builder request(String path) {
    return shop.request(path).header("Cookie", cookie);
  }

  Reply get(String path) {
    return shop.send(request(path).GET());
  }

  Reply delete(String path) {
    return shop.send(asThePage(path).DELETE());
  }

  Reply logout() {
    return delete("/v1/account/console");
  }

  /// As the console's page asks.
  HttpRequest.Builder asThePage(String path) {
    return request(path).header("Origin", shop.address()).header("X-CSRF-Token", csrfToken);
  }
}
