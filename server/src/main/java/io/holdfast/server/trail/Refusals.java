package io.holdfast.server.trail;

import io.holdfast.stock.TenantId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Refusals on their way to the trail. Whoever is refused waits for no database: what is alike
/// within a few seconds is counted here, and becomes one entry. There is room for so many that
/// differ; one that finds none is counted as dropped, so however many come, they fill neither the
/// memory nor the disk.
final class Refusals {
  /// What differs between two flushes.
  static final int MAX_KINDS = 256;

  private final Map<Kind, Met> met = new LinkedHashMap<>();
  private long dropped;

  /// What refusals have in common that are told as one.
  record Kind(
      TenantId tenant, String actor, String operation, String address, @Nullable String needs) {}

  /// The first of its kind, of which the entry tells, and how many there were.
  private record Met(String requestId, Subject subject, long times) {
    private Met plus(long more) {
      return new Met(requestId, subject, times + more);
    }
  }

  /// What is to be written now.
  ///
  /// @param dropped how many found no room since the last time
  record Taken(List<Entry> entries, long dropped) {}

  /// @param subject what was asked for
  synchronized void add(Kind kind, String requestId, Subject subject) {
    add(kind, new Met(requestId, subject, 1));
  }

  private void add(Kind kind, Met more) {
    Met before = met.get(kind);
    if (before != null) {
      met.put(kind, before.plus(more.times));
    } else if (met.size() < MAX_KINDS) {
      met.put(kind, more);
    } else {
      dropped += more.times;
    }
  }

  /// Whoever takes them writes them, or gives them back.
  synchronized Taken take() {
    List<Entry> entries = new ArrayList<>(met.size());
    met.forEach((kind, first) -> entries.add(entry(kind, first)));
    Taken taken = new Taken(entries, dropped);
    met.clear();
    dropped = 0;
    return taken;
  }

  synchronized void giveBack(List<Entry> entries) {
    for (Entry entry : entries) {
      Kind kind =
          new Kind(
              entry.tenant(), entry.actor(), entry.operation(), entry.address(), entry.needs());
      add(kind, new Met(entry.requestId(), entry.subject(), entry.times()));
    }
  }

  private static Entry entry(Kind kind, Met first) {
    return new Entry(
        kind.tenant,
        first.times,
        Entry.Outcome.FORBIDDEN,
        kind.operation,
        kind.actor,
        first.requestId,
        kind.address,
        first.subject,
        kind.needs,
        null,
        null);
  }
}
