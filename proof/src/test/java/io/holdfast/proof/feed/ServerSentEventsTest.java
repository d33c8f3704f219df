package io.holdfast.proof.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServerSentEventsTest {
  private static ServerSentEvents stream(String text) {
    return new ServerSentEvents(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static Optional<ServerSentEvents.Message> message(String id, String event, String data) {
    return Optional.of(new ServerSentEvents.Message(id, event, data));
  }

  @Test
  void readsWhatABrowserWouldRead() throws IOException {
    ServerSentEvents stream =
        stream(
            """
            :open
            retry: 500

            id: 7
            event: order.paid
            data: {"a": "b: ü"}

            : nothing new

            data:one
            data: two

            """);
    assertEquals(message("7", "order.paid", "{\"a\": \"b: ü\"}"), stream.next());
    assertEquals(message("7", "", "one\ntwo"), stream.next());
    assertEquals(Optional.empty(), stream.next());
  }

  @Test
  void takesNothingThatIsBrokenOff() throws IOException {
    assertEquals(Optional.empty(), stream("id: 7\nevent: order.paid\ndata: {\"a\": \n").next());
  }
}
