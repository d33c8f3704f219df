package io.holdfast.proof.bench;

import io.holdfast.proof.http.Endpoint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/// Writes one request after another, each with a key of its own.
final class LoadRequests {

  private final List<Endpoint> endpoints;
  private final List<String> skus;
  private final int orderLines;
  private final String head;
  private final String keys;
  private final SplittableRandom random;
  private long written;
  private int connected;

  LoadRequests(LoadJob job, SplittableRandom random) {
    this.endpoints = job.urls().stream().map(Endpoint::of).toList();
    this.skus = job.skus();
    this.orderLines = job.orderLines();
    this.random = random;
    this.keys = "bench-" + HexFormat.of().toHexDigits(random.nextLong()) + "-";
    this.head =
        "Host: %s:%d\r\nAuthorization: Bearer %s\r\n"
            .formatted(endpoints.getFirst().host(), endpoints.getFirst().port(), job.credential());
  }

  /// Whom the next connection is to: each in turn.
  Endpoint endpoint() {
    connected++;
    return endpoints.get(connected % endpoints.size());
  }

  void next(ByteBuffer out) {
    out.clear();
    String request = skus.isEmpty() ? ping() : wanted();
    out.put(request.getBytes(StandardCharsets.ISO_8859_1)).flip();
  }

  private String ping() {
    return "GET /v1/ping HTTP/1.1\r\n" + head + "\r\n";
  }

  private String wanted() {
    written++;
    String body = "{\"lines\":[" + lines() + "],\"ttl_seconds\":3600}";
    return (orderLines == 0 ? "POST /v1/reservations HTTP/1.1\r\n" : "POST /v1/orders HTTP/1.1\r\n")
        + head
        + "Content-Type: application/json\r\nIdempotency-Key: "
        + keys
        + written
        + "\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private String lines() {
    Set<String> chosen = new LinkedHashSet<>();
    while (chosen.size() < Math.max(1, orderLines)) {
      chosen.add(skus.get(skus.size() == 1 ? 0 : random.nextInt(skus.size())));
    }
    return chosen.stream()
        .map(sku -> "{\"sku\":\"" + sku + "\",\"quantity\":1}")
        .collect(Collectors.joining(","));
  }
}
