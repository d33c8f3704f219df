package io.holdfast.server.webhook;

import io.holdfast.server.event.Feed;
import io.holdfast.server.event.PublishedEvent;
import io.holdfast.server.json.JsonWriting;
import io.holdfast.stock.TenantId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// What is sent next of a webhook.
///
/// @param messages to be sent, by their positions
/// @param parked new ones that wait behind another one of their subject
/// @param position up to which everything is in it
/// @param missed how many events the feed had forgotten
record Batch(List<Message> messages, List<Message> parked, long position, long missed) {
  /// Those whose subject's first one is due. All of a subject wait for it.
  static final String DUE_READ =
      """
      SELECT position, type, subject, body, attempts FROM (
          SELECT position, type, subject, body, attempts,
              first_value(next_attempt_at) OVER (PARTITION BY subject ORDER BY position) AS due_at
          FROM holdfast.webhook_deliveries
          WHERE tenant_id = ? AND webhook_id = ? AND state = 'waiting') w
      WHERE due_at <= clock_timestamp()
      ORDER BY position LIMIT ?
      """;

  static final String SUBJECTS_READ =
      """
      SELECT DISTINCT subject FROM holdfast.webhook_deliveries
      WHERE tenant_id = ? AND webhook_id = ? AND state = 'waiting'
      """;

  private static final int MAX_MESSAGES = 100;

  Batch {
    messages = List.copyOf(messages);
    parked = List.copyOf(parked);
  }

  /// Whether there is nothing to be sent, and nothing to be passed by.
  boolean isEmptyAfter(long before) {
    return messages.isEmpty() && position == before;
  }

  static Batch next(Handle handle, Leased webhook) {
    Leased.Id id = webhook.id();
    List<Message> messages = new ArrayList<>(due(handle, id));
    int room = MAX_MESSAGES - messages.size();
    if (room == 0 || webhook.waiting() >= Leased.MAX_WAITING) {
      return new Batch(messages, List.of(), webhook.position(), 0);
    }
    Set<String> waiting = waiting(handle, id);
    List<Message> parked = new ArrayList<>();
    New read = read(handle, webhook, room);
    for (Message message : read.messages()) {
      (waiting.contains(message.subject()) ? parked : messages).add(message);
    }
    return new Batch(messages, parked, read.position(), read.missed());
  }

  private static List<Message> due(Handle handle, Leased.Id id) {
    return handle
        .createQuery(DUE_READ)
        .bind(0, id.tenant().value())
        .bind(1, id.webhook())
        .bind(2, MAX_MESSAGES)
        .map(
            (row, _) ->
                new Message(
                    row.getLong(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getInt(5),
                    true))
        .list();
  }

  private static Set<String> waiting(Handle handle, Leased.Id id) {
    return new HashSet<>(
        handle
            .createQuery(SUBJECTS_READ)
            .bind(0, id.tenant().value())
            .bind(1, id.webhook())
            .mapTo(String.class)
            .list());
  }

  /// What comes behind the webhook's position.
  private record New(List<Message> messages, long position, long missed) {}

  private static New read(Handle handle, Leased webhook, int limit) {
    try {
      return read(handle, webhook, webhook.position(), limit);
    } catch (Feed.Gone gone) {
      return readWhatIsLeft(handle, webhook, gone, limit);
    }
  }

  private static New readWhatIsLeft(Handle handle, Leased webhook, Feed.Gone gone, int limit) {
    if (gone.last() < webhook.position()) {
      // The database is an older one than that which the webhook was sent from.
      return new New(List.of(), webhook.position(), 0);
    }
    long after = gone.first() - 1;
    try {
      New left = read(handle, webhook, after, limit);
      return new New(left.messages(), left.position(), after - webhook.position());
    } catch (Feed.Gone goneSince) {
      // The housekeeping was there in between; the next batch sees where it is now.
      return new New(List.of(), webhook.position(), 0);
    }
  }

  private static New read(Handle handle, Leased webhook, long after, int limit) throws Feed.Gone {
    TenantId tenant = webhook.id().tenant();
    Feed.Page page = Feed.read(handle, tenant, after, webhook.types(), limit);
    String source = page.events().isEmpty() ? "" : Feed.source(handle, tenant);
    return new New(
        page.events().stream().map(event -> message(event, source)).toList(), page.next(), 0);
  }

  private static Message message(PublishedEvent event, String source) {
    return new Message(
        event.position(),
        event.type(),
        event.subject(),
        JsonWriting.text(event.of(source)),
        0,
        false);
  }
}
