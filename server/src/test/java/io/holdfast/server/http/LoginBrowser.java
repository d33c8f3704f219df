package io.holdfast.server.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Somebody's browser, as far as a login needs one: it keeps the node's cookies, and goes where it
/// is sent one step at a time.
final class LoginBrowser {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final String node;
  private final Map<String, String> cookies = new TreeMap<>();

  /// @param node whose cookies it keeps
  LoginBrowser(String node) {
    this.node = node;
  }

  Map<String, String> cookies() {
    return cookies;
  }

  /// @param headers names and values in turns
  HttpResponse<String> get(String address, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofSeconds(60));
    if (headers.length > 0) {
      request.headers(headers);
    }
    boolean isNode = address.startsWith(node + "/");
    if (isNode && !cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(one -> one.getKey() + "=" + one.getValue())
              .collect(Collectors.joining("; ")));
    }
    try {
      HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
      if (isNode) {
        response.headers().allValues("Set-Cookie").forEach(this::keep);
      }
      return response;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void keep(String cookie) {
    String[] parts = cookie.split(";", 2);
    String[] named = parts[0].split("=", 2);
    if (named[1].isEmpty() || parts[1].contains("Max-Age=0")) {
      cookies.remove(named[0]);
    } else {
      cookies.put(named[0], named[1].replace("\"", ""));
    }
  }

  static String location(HttpResponse<String> response) {
    return response.headers().firstValue("Location").orElse("");
  }

  /// Leaves for a tenant's provider, is let in there, and answers where it is sent back to.
  String sentBack(String tenant) {
    HttpResponse<String> away = get(node + "/console/oidc/" + tenant);
    if (away.statusCode() != 303) {
      throw new AssertionError(away.statusCode() + away.body());
    }
    return location(get(location(away)));
  }

  /// All of it.
  HttpResponse<String> login(String tenant) {
    return get(sentBack(tenant));
  }
}
