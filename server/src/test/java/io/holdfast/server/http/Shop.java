package io.holdfast.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A client of a node, with the key of one tenant or none. Every answer is held to the description
/// of the API.
final class Shop {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String address;
  private final @Nullable String key;

  Shop(String address, @Nullable String key) {
    this.address = address;
    this.key = key;
    if (key != null) {
      Secrets.add("credential", key);
    }
  }

  /// An answer.
  record Reply(int status, String text, HttpResponse<String> response) {
    JsonNode body() {
      try {
        return JSON.readTree(text);
      } catch (IOException e) {
        throw new UncheckedIOException(text, e);
      }
    }

    String code() {
      return body().path("code").asText();
    }

    String member() {
      return body().path("errors").path(0).path("member").asText();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  String key() {
    return Objects.requireNonNull(key);
  }

  String address() {
    return address;
  }

  Reply get(String path) {
    return send(request(path).GET());
  }

  Reply post(String path, String body) {
    return send(request(path).header("Content-Type", "application/json"), body);
  }

  Reply post(String path, String body, String idempotencyKey) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", idempotencyKey),
        body);
  }

  Reply delete(String path) {
    return send(request(path).DELETE());
  }

  Reply put(String path, String body, String... headers) {
    return change("PUT", path, body, headers);
  }

  Reply patch(String path, String body, String... headers) {
    return change("PATCH", path, body, headers);
  }

  /// @param headers names and values in turns
  Reply change(String method, String path, String body, String... headers) {
    Secrets.addAllOfRequest(body);
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  /// Opens a location of its own, so that no other test meets it.
  String opened(int priority) {
    String location = "place-" + UUID.randomUUID();
    String body = "{\"location\":\"%s\",\"priority\":%d}".formatted(location, priority);
    post("/v1/locations", body);
    return location;
  }

  /// Receives so many units of an item at a location.
  Reply receive(String sku, String location, long units) {
    return post(
        "/v1/items/" + sku + "/receipts",
        "{\"quantity\":%d,\"location\":\"%s\"}".formatted(units, location));
  }

  /// Makes a tracked item with so many units, and answers its sku.
  String stocked(long units) {
    String sku = newSku();
    post("/v1/items", "{\"sku\":\"%s\",\"name\":\"Made for a test\"}".formatted(sku));
    post("/v1/items/" + sku + "/receipts", "{\"quantity\":" + units + "}");
    return sku;
  }

  /// The same with a price in euro cents.
  String priced(long units, long cents) {
    String sku = newSku();
    String price = "{\"amount\":%d,\"currency\":\"EUR\"}".formatted(cents);
    post(
        "/v1/items",
        "{\"sku\":\"%s\",\"name\":\"Made for a test\",\"price\":%s}".formatted(sku, price));
    post("/v1/items/" + sku + "/receipts", "{\"quantity\":" + units + "}");
    return sku;
  }

  static String newSku() {
    return "test-" + UUID.randomUUID();
  }

  static String lines(String sku, long quantity) {
    return "{\"lines\":[{\"sku\":\"%s\",\"quantity\":%d}]}".formatted(sku, quantity);
  }

  HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + path)).timeout(Duration.ofSeconds(30));
    if (key != null) {
      request.header("Authorization", "Bearer " + key);
    }
    return request;
  }

  /// Lines as they come, until it is closed.
  Stream<String> stream(String path) {
    try {
      return CLIENT.send(request(path).GET().build(), BodyHandlers.ofLines()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  Reply send(HttpRequest.Builder request, String body) {
    Secrets.addAllOfRequest(body);
    return send(request.POST(BodyPublishers.ofString(body)));
  }

  Reply send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
      ApiDescription.committed().check(ApiDescription.Answer.of(response));
      return new Reply(response.statusCode(), response.body(), response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
