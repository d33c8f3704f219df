package io.holdfast.server.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.server.json.InvalidMember;
import io.holdfast.server.json.JsonWriting;
import io.holdfast.server.problem.Problem;
import io.holdfast.server.problem.ProblemException;
import io.holdfast.stock.TenantId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;

/// A tenant's events in the order of their positions.
public final class Feed {
  static final String HEAD_READ =
      """
      SELECT coalesce((SELECT last_position FROM holdfast.event_heads WHERE tenant_id = ?), 0)
      """;

  static final String FIRST_READ =
      """
      SELECT last_position - size + 1 FROM holdfast.event_batches
      WHERE tenant_id = ? AND last_position IS NOT NULL
      ORDER BY last_position LIMIT 1
      """;

  static final String BATCHES_READ =
      """
      SELECT last_position, size, events::text FROM holdfast.event_batches
      WHERE tenant_id = ? AND last_position > ?
      ORDER BY last_position LIMIT ?
      """;

  static final String SOURCE_READ =
      """
      SELECT '/tenants/' || slug FROM holdfast.tenants WHERE tenant_id = ?
      """;

  /// Looked at for one page at most, so that a filter that nothing passes makes nobody wait.
  private static final int MAX_LOOKED_AT = 5_000;

  private static final int MAX_ROWS = 200;
  private static final int FETCHED_AT_ONCE = 10;

  private Feed() {}

  /// What was asked for and is still there.
  ///
  /// @param next the position up to which everything was looked at
  public record Page(List<PublishedEvent> events, long next) {
    public Page {
      events = List.copyOf(events);
    }
  }

  /// The position asked for lies outside of what is kept: `first` is the oldest one that is, or the
  /// one that comes next, and `last` the newest.
  public static final class Gone extends Exception {
    private static final long serialVersionUID = 1;

    private final long first;
    private final long last;

    Gone(long first, long last) {
      super("kept are positions " + first + " to " + last);
      this.first = first;
      this.last = last;
    }

    public long first() {
      return first;
    }

    public long last() {
      return last;
    }

    /// For whoever has asked for what is behind `after`.
    public RuntimeException asProblem(long after) {
      return after > last
          ? new InvalidMember("after", "is ahead of the newest position, " + last)
          : new ProblemException(
              Problem.eventsGone("the oldest event that is kept has position " + first, first));
    }
  }

  /// The newest position; 0: there is none yet.
  public static long last(Handle handle, TenantId tenant) {
    return handle.createQuery(HEAD_READ).bind(0, tenant.value()).mapTo(Long.class).one();
  }

  /// The position before the oldest event that is kept.
  public static long beginning(Handle handle, TenantId tenant) {
    long last = last(handle, tenant);
    return first(handle, tenant).orElse(last + 1) - 1;
  }

  private static OptionalLong first(Handle handle, TenantId tenant) {
    return handle
        .createQuery(FIRST_READ)
        .bind(0, tenant.value())
        .mapTo(Long.class)
        .findOne()
        .map(OptionalLong::of)
        .orElseGet(OptionalLong::empty);
  }

  /// The `source` of the tenant's events.
  public static String source(Handle handle, TenantId tenant) {
    return handle.createQuery(SOURCE_READ).bind(0, tenant.value()).mapTo(String.class).one();
  }

  /// Whether what comes behind a position is kept, all of it.
  ///
  /// @throws Gone if it is not, or the position is one that nothing has yet
  public static void require(Handle handle, TenantId tenant, long after) throws Gone {
    long last = last(handle, tenant);
    long first = first(handle, tenant).orElse(last + 1);
    if (after < first - 1 || after > last) {
      throw new Gone(first, last);
    }
  }

  /// What comes behind a position.
  ///
  /// @param limit events at most
  /// @throws Gone if some of it is not kept any more, or the position is one that nothing has yet
  public static Page read(Handle handle, TenantId tenant, long after, TypeFilter types, int limit)
      throws Gone {
    long last = last(handle, tenant);
    if (after >= last) {
      if (after > last) {
        throw gone(handle, tenant, last);
      }
      return new Page(List.of(), after);
    }
    Taking taking = new Taking(after, types, limit);
    try (ResultIterator<Row> rows =
        handle
            .createQuery(BATCHES_READ)
            .setFetchSize(FETCHED_AT_ONCE)
            .bind(0, tenant.value())
            .bind(1, after)
            .bind(2, MAX_ROWS)
            .map((row, _) -> new Row(row.getLong(1) - row.getInt(2) + 1, row.getString(3)))
            .iterator()) {
      boolean isFirst = true;
      while (rows.hasNext() && !taking.isFull()) {
        Row row = rows.next();
        if (isFirst && row.first() > after + 1) {
          throw gone(handle, tenant, last);
        }
        taking.take(row);
        isFirst = false;
      }
      if (isFirst) {
        throw gone(handle, tenant, last);
      }
    }
    return taking.page();
  }

  private static Gone gone(Handle handle, TenantId tenant, long last) {
    return new Gone(first(handle, tenant).orElse(last + 1), last);
  }

  /// @param first the position of the first event in it
  private record Row(long first, String events) {}

  /// A page that is being filled.
  private static final class Taking {
    private final long after;
    private final TypeFilter types;
    private final int limit;
    private final List<PublishedEvent> taken = new ArrayList<>();
    private long next;

    private Taking(long after, TypeFilter types, int limit) {
      this.after = after;
      this.types = types;
      this.limit = limit;
      this.next = after;
    }

    private boolean isFull() {
      return taken.size() >= limit || next - after >= MAX_LOOKED_AT;
    }

    private void take(Row row) {
      long position = row.first();
      Iterator<JsonNode> events = JsonWriting.parsed(row.events()).elements();
      while (events.hasNext() && !isFull()) {
        JsonNode event = events.next();
        if (position > after) {
          String type = event.get("type").textValue();
          if (types.isFor(type)) {
            taken.add(
                new PublishedEvent(
                    position,
                    type,
                    event.get("subject").textValue(),
                    event.get("time").textValue(),
                    event.get("data")));
          }
          next = position;
        }
        position++;
      }
    }

    private Page page() {
      return new Page(taken, next);
    }
  }
}
