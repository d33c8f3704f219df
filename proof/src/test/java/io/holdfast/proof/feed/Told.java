package io.holdfast.proof.feed;

import io.holdfast.proof.shop.Json;
import java.time.Instant;

/// Events as a shop would tell of them.
public final class Told {
  private Told() {}

  /// @param data as JSON
  public static CloudEvent event(long position, String type, String subject, String data) {
    return event(position, type, subject, Instant.EPOCH, data);
  }

  public static CloudEvent event(
      long position, String type, String subject, Instant time, String data) {
    return CloudEvent.of(
        Json.orMissing(
            """
            {"specversion": "1.0", "id": "%d", "source": "/tenants/t", "type": "%s",
             "subject": "%s", "time": "%s", "datacontenttype": "application/json", "data": %s}
            """
                .formatted(position, type, subject, time, data)));
  }

  /// An order of the run `run`.
  public static CloudEvent order(long position, String step, String id, int version) {
    return event(position, "order." + step, "orders/" + id, order(step, id, version));
  }

  private static String order(String step, String id, int version) {
    return "{\"order\":" + orderBody(step, id, version) + "}";
  }

  /// As its route tells it.
  public static String orderBody(String state, String id, int version) {
    return """
    {"id": "%s", "state": "%s", "version": %d, "reference": "key-%s",
     "lines": [{"sku": "run-0", "quantity": 1}], "expires_at": "1970-01-01T00:00:02Z"}"""
        .formatted(id, state, version, id);
  }
}
