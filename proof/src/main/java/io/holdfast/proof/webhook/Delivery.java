package io.holdfast.proof.webhook;

import java.util.Map;

/// One attempt to deliver an event, as it was received.
///
/// @param headers by their names in lower case
/// @param answer the status that it was given; 0: the connection was closed instead
/// @param arrivedMillis since 1970
/// @param answeredNanos the moment before it was answered
public record Delivery(
    Map<String, String> headers,
    String body,
    int answer,
    long arrivedMillis,
    long arrivedNanos,
    long answeredNanos) {
  public Delivery {
    headers = Map.copyOf(headers);
  }

  public String id() {
    return header("webhook-id");
  }

  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  public boolean isAccepted() {
    return answer >= 200 && answer < 300;
  }
}
