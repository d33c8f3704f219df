package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.server.http.Program.Ended;
import java.util.List;
import org.junit.jupiter.api.Test;

/// `verify` tells what somebody has done to orders by hand.
class OrderVerificationTest {
  private final Shop shop = TestNode.shared().tenant("sweet-shop");

  private String order(String sku, String... steps) {
    JsonNode placed = shop.post("/v1/orders", Shop.lines(sku, 4)).body();
    String id = placed.path("id").asText();
    for (String step : steps) {
      String[] words = step.split(" ", -1);
      String body = words.length == 1 ? "" : Shop.lines(sku, Long.parseLong(words[1]));
      assertEquals(200, shop.post("/v1/orders/" + id + "/" + words[0], body).status(), step);
    }
    return id;
  }

  @Test
  void tellsTotalStateReservationAndReturnsThatAreNotWhatTheyWere() throws Exception {
    String sku = shop.priced(100, 250);
    // One of each that is as it should be.
    order(sku);
    order(sku, "cancel");
    order(sku, "pay", "cancel");
    order(sku, "pay", "fulfil 1", "cancel", "returns");
    order(sku, "pay", "fulfil 1", "returns");
    order(sku, "pay", "fulfil", "returns 2");
    String dearer = order(sku, "pay");
    String advanced = order(sku, "pay");
    String forgiven = order(sku);
    String lost = order(sku, "pay", "fulfil", "returns 2");
    List<String> changes =
        List.of(
            "UPDATE holdfast.orders SET total = total + %s WHERE order_id = '" + dearer + "'",
            "UPDATE holdfast.orders SET state = %s WHERE order_id = '" + advanced + "'",
            "UPDATE holdfast.orders SET (state, paid_at, payment_method) = %s WHERE order_id = '"
                + forgiven
                + "'",
            "UPDATE holdfast.order_lines SET returned = %s WHERE order_id = '" + lost + "'");
    change(changes, List.of("1", "'fulfilled'", "('paid', clock_timestamp(), 'manual')", "1"));
    try {
      Ended ended = Program.run("verify", "--data-dir", TestNode.shared().folder().toString());
      assertEquals(1, ended.exitCode(), ended.toString());
      assertTold(ended, "order.total", dearer, "expected 1000 | found 1001");
      assertTold(ended, "order.state", advanced, "expected paid | found fulfilled");
      assertTold(ended, "order.reservation", forgiven, "expected committed | found held");
      assertTold(ended, "order.returned", lost, "expected 1 | found 2");
      assertEquals(4, ended.output().lines().filter(line -> line.startsWith("order.")).count());
    } finally {
      change(changes, List.of("-1", "'paid'", "('placed', NULL, NULL)", "2"));
    }
  }

  private static void assertTold(Ended ended, String check, String order, String what) {
    assertTrue(
        ended
            .output()
            .lines()
            .anyMatch(line -> line.startsWith(check + " | " + order) && line.endsWith(what)),
        () -> check + " " + order + " is not in " + ended.output());
  }

  private static void change(List<String> changes, List<String> values) {
    People operator = new People("sweet-shop");
    for (int i = 0; i < changes.size(); i++) {
      assertEquals(1, operator.asOwner(changes.get(i).formatted(values.get(i))));
    }
  }
}
