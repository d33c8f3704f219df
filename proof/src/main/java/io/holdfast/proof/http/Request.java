package io.holdfast.proof.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a caller sends. An empty body is sent as none.
public record Request(String method, String path, Map<String, String> headers, String body) {

  public Request {
    headers = Map.copyOf(headers);
  }

  /// @param credential of the caller; empty: it has none
  /// @param key that the same request comes with again; empty: it has none
  public static Request of(String method, String path, String credential, String key, String body) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (!credential.isEmpty()) {
      headers.put("Authorization", "Bearer " + credential);
    }
    if (!key.isEmpty()) {
      headers.put("Idempotency-Key", key);
    }
    return new Request(method, path, headers, body);
  }

  /// The bytes on the wire.
  public byte[] encode(Endpoint endpoint) {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder(256);
    head.append(method).append(' ').append(endpoint.base()).append(path).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(endpoint.host()).append(':').append(endpoint.port());
    head.append("\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    if (content.length > 0) {
      head.append("Content-Type: application/json\r\n");
    }
    if (content.length > 0 || !method.equals("GET")) {
      head.append("Content-Length: ").append(content.length).append("\r\n");
    }
    head.append("\r\n");
    byte[] start = head.toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] whole = new byte[start.length + content.length];
    System.arraycopy(start, 0, whole, 0, start.length);
    System.arraycopy(content, 0, whole, start.length, content.length);
    return whole;
  }
}
