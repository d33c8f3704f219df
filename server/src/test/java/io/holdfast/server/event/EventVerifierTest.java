package io.holdfast.server.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.holdfast.server.start.MigratedDatabase;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What somebody has done by hand to what was told of is found, and nothing else is.
class EventVerifierTest {
  private final Jdbi superuser = Jdbi.create(MigratedDatabase.shared()::connectAsSuperuser);
  private final PublishedEvents events = PublishedEvents.ofNewTenant();

  private List<String> differences() throws SQLException {
    try (Handle handle = superuser.open()) {
      return EventVerifier.differences(handle, events.tenant()).stream()
          .map(one -> one.check() + " " + one.expected() + " " + one.found())
          .toList();
    }
  }

  private void addReceivers() {
    superuser.useHandle(
        handle -> {
          handle.execute(
              """
              INSERT INTO holdfast.webhooks (tenant_id, url, types, max_attempts, secret, position)
              VALUES (?, 'https://example.com/', ARRAY['*'], 3, sha256('a test'), 4)
              """,
              events.tenant().value());
          handle.execute(
              """
              INSERT INTO holdfast.event_sink_positions (tenant_id, sink, position)
              VALUES (?, 'kafka/test', 6)
              """,
              events.tenant().value());
        });
  }

  @Test
  void whatIsAsItWasIsNotTold() throws SQLException {
    assertEquals(List.of(), differences());
    events.publish("orders/1", "orders/2");
    events.publish("orders/1");
    events.publish("orders/3", "orders/1", "orders/4");
    addReceivers();
    assertEquals(List.of(), differences());
    events.forgetUpTo(3);
    assertEquals(List.of(), differences());
    events.forgetUpTo(6);
    assertEquals(List.of(), differences());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          DELETE FROM event_batches WHERE last_position = 3 | event.position 5 6
          UPDATE event_batches SET events = '[1,2,3]' WHERE last_position = 3 | event.size 3 1
          UPDATE event_heads SET last_position = 7 WHERE true | event.head 6 7
          UPDATE webhooks SET position = 8 WHERE true | webhook.position at most 6 8
          UPDATE webhooks SET (waiting, next_attempt_at) = (2, now()) WHERE true \
          | webhook.waiting 0 2
          UPDATE event_sink_positions SET position = 9 WHERE true | sink.position at most 6 9
          """)
  void whatWasChangedByHandIsTold(String change, String told) throws SQLException {
    events.publish("orders/1", "orders/2");
    events.publish("orders/1");
    events.publish("orders/3", "orders/1", "orders/4");
    addReceivers();
    superuser.useTransaction(
        handle -> {
          handle.execute("SET LOCAL search_path = holdfast");
          handle.execute(change + " AND tenant_id = ?", events.tenant().value());
        });
    assertEquals(List.of(told), differences());
  }
}
