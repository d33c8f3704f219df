package io.holdfast.proof.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.proof.http.Connection;
import io.holdfast.proof.http.Endpoint;
import io.holdfast.proof.http.Request;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReceiverTest {
  private static final int TIMEOUT_MILLIS = 10_000;

  private static int post(Receiver receiver, int id) throws IOException {
    Endpoint endpoint = Endpoint.of(receiver.url());
    Map<String, String> headers = Map.of("Webhook-Id", "hook." + id);
    try (Connection connection = Connection.open(endpoint, TIMEOUT_MILLIS)) {
      return connection.exchange(new Request("POST", "", headers, "{}")).status();
    }
  }

  @Test
  void failsSomeFirstAttemptsAndNoOther() throws IOException {
    try (Receiver receiver = Receiver.open()) {
      for (int id : IntStream.range(0, 32).toArray()) {
        try {
          assertTrue(List.of(204, 500).contains(post(receiver, id)));
        } catch (IOException dropped) {
          assertEquals(0, receiver.deliveries().getLast().answer());
        }
        assertEquals(204, post(receiver, id));
      }
      Map<Integer, Long> answers =
          receiver.deliveries().stream()
              .collect(
                  Collectors.groupingBy(Delivery::answer, HashMap::new, Collectors.counting()));
      assertEquals(64, receiver.deliveries().size());
      assertTrue(answers.getOrDefault(500, 0L) > 2, answers::toString);
      assertTrue(answers.getOrDefault(0, 0L) > 1, answers::toString);
      assertEquals("hook.0", receiver.deliveries().getFirst().id());
    }
  }

  @Test
  void isGoneWhenItIsClosed() throws IOException {
    Receiver receiver = Receiver.open();
    receiver.close();
    assertThrows(IOException.class, () -> post(receiver, 1));
  }
}
