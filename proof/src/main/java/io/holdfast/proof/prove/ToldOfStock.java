package io.holdfast.proof.prove;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.proof.shop.Json;
import java.io.IOException;
import java.util.Map;

/// While it is open, a tenant is told of its stock, too. Then it is as it was.
record ToldOfStock(Desk desk, boolean wasTold, int keepDays) implements AutoCloseable {
  private static final String SETTINGS = "/v1/event-settings";

  static ToldOfStock begin(Desk desk) throws IOException {
    JsonNode before = desk.found(SETTINGS);
    ToldOfStock settings =
        new ToldOfStock(
            desk, before.path("stock").booleanValue(), before.path("keep_days").intValue());
    settings.choose(true);
    return settings;
  }

  private void choose(boolean isTold) throws IOException {
    String wanted = Json.write(Map.of("stock", isTold, "keep_days", keepDays));
    Desk.expect(200, desk.put(SETTINGS, wanted));
  }

  @Override
  public void close() throws IOException {
    choose(wasTold);
  }
}
