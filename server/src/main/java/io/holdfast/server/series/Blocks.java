package io.holdfast.server.series;

import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.series.Numbering.Wanted;
import io.holdfast.stock.TenantId;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Numbers that a node has taken in advance, many at once, in a transaction of their own: nobody
/// waits for anybody's commit. Each is given out once. Those that are left when the node ends, and
/// those of what is rolled back, are never given out; and those of two nodes are not in the order
/// of time.
///
/// The transaction that writes what is numbered waits for a connection here, now and then. Should
/// whoever has them all wait for that transaction, it gives up when no connection comes in time, is
/// rolled back and done again, as with every other lack of connections.
public final class Blocks {
  private static final int SIZE = 500;

  private final TenantScope tenants;
  private final Given given;
  private final Map<Place, Slot> slots = new ConcurrentHashMap<>();

  public Blocks(TenantScope tenants, Given given) {
    this.tenants = tenants;
    this.given = given;
  }

  private record Place(TenantId tenant, Series series) {}

  /// What is left of what was taken.
  ///
  /// @param stored the series when it was taken: at another version numbers look otherwise
  private record Block(NumberSeries.Stored stored, LocalDate day, long next, long last) {
    boolean isFor(NumberSeries.Stored now, LocalDate today) {
      return next <= last
          && stored.version() == now.version()
          && !stored.pattern().beginsAnew(day, today);
    }

    /// As many as there are, and no more than wanted.
    int left(int wanted) {
      return (int) Math.min(wanted, last - next + 1);
    }

    List<String> numbers(int count) {
      return stored.pattern().numbers(day, next, count);
    }

    Block after(int count) {
      return new Block(stored, day, next + count, last);
    }
  }

  /// @param now the series as it is
  List<String> take(NumberSeries.Stored now, TenantId tenant, Series series, Wanted wanted)
      throws SQLException {
    Place place = new Place(tenant, series);
    return slots.computeIfAbsent(place, Slot::new).take(now, wanted);
  }

  /// One at a time takes numbers of a series, and whoever takes new ones keeps nobody else's
  /// waiting.
  private final class Slot {
    private final Place place;
    private @Nullable Block block;

    private Slot(Place place) {
      this.place = place;
    }

    synchronized List<String> take(NumberSeries.Stored now, Wanted wanted) throws SQLException {
      LocalDate today = new Counting(now).day(wanted.at());
      List<String> taken = new ArrayList<>(wanted.count());
      while (taken.size() < wanted.count()) {
        Block current = block;
        if (current == null || !current.isFor(now, today)) {
          current = leased(place.tenant(), place.series(), wanted.at());
        }
        int count = current.left(wanted.count() - taken.size());
        taken.addAll(current.numbers(count));
        block = current.after(count);
      }
      return taken;
    }
  }

  private Block leased(TenantId tenant, Series series, Instant at) throws SQLException {
    return tenants.inTransaction(
        tenant,
        handle -> {
          NumberSeries.Stored stored = NumberSeries.lock(handle.getConnection(), tenant, series);
          Counting counting = new Counting(stored);
          LocalDate day = counting.day(at);
          counting.moveTo(day, given, handle.getConnection(), tenant);
          long first = counting.take(SIZE);
          NumberSeries.take(handle.getConnection(), tenant, series, counting.last(), day);
          return new Block(stored, day, first, counting.last());
        });
  }
}
