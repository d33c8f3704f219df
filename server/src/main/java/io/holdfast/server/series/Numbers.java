package io.holdfast.server.series;

import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Numbers as the tenant has chosen them. Without gaps: whoever takes some has the series' row
/// until the transaction ends that writes what is numbered, so there is no gap, whatever is rolled
/// back, and no number comes twice. Since everybody else waits meanwhile, numbers are taken as late
/// as they can be. Or fast: from what the node has taken in advance, see [Blocks].
public final class Numbers implements Numbering {
  private final Blocks blocks;
  private final Given given;

  /// Of which a number was taken that was there: whoever writes to the tables by hand can bring it
  /// about, or a pattern that was chosen while another one's number was on its way.
  private final Set<Place> collided = ConcurrentHashMap.newKeySet();

  private record Place(TenantId tenant, Series series) {}

  public Numbers(Blocks blocks, Given given) {
    this.blocks = blocks;
    this.given = given;
  }

  @Override
  public List<String> take(Connection transaction, TenantId tenant, Series series, Wanted wanted)
      throws SQLException {
    NumberSeries.Met met = NumberSeries.lockUnlessFast(transaction, tenant, series);
    // What is locked here can't be locked for numbers in advance, whatever was chosen meanwhile.
    return met.isLocked()
        ? withoutGaps(transaction, new Place(tenant, series), wanted, met.stored())
        : blocks.take(met.stored(), tenant, series, wanted);
  }

  @Override
  public void collided(TenantId tenant, Series series) {
    collided.add(new Place(tenant, series));
  }

  private List<String> withoutGaps(
      Connection transaction, Place place, Wanted wanted, NumberSeries.Stored locked)
      throws SQLException {
    TenantId tenant = place.tenant();
    Counting counting = new Counting(locked);
    LocalDate day = counting.day(wanted.at());
    counting.moveTo(day, given, transaction, tenant);
    if (collided.remove(place)) {
      counting.skipGiven(day, given, transaction, tenant);
    }
    long first = counting.take(wanted.count());
    NumberSeries.take(transaction, tenant, place.series(), counting.last(), day);
    return locked.pattern().numbers(day, first, wanted.count());
  }
}
