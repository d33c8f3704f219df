package io.holdfast.server.series;

import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
  public List<String> take(
      Connection transaction, TenantId tenant, Series series, List<Instant> instants)
      throws SQLException {
    Optional<NumberSeries.Stored> gapless = NumberSeries.lockGapless(transaction, tenant, series);
    return gapless.isPresent()
        ? withoutGaps(transaction, tenant, series, instants, gapless.get())
        : blocks.take(NumberSeries.read(transaction, tenant, series), tenant, series, instants);
  }

  @Override
  public void collided(TenantId tenant, Series series) {
    collided.add(new Place(tenant, series));
  }

  private List<String> withoutGaps(
      Connection transaction,
      TenantId tenant,
      Series series,
      List<Instant> instants,
      NumberSeries.Stored locked)
      throws SQLException {
    Counting counting = new Counting(locked);
    List<String> taken = new ArrayList<>(instants.size());
    LocalDate day = counting.day(instants.getFirst());
    if (collided.remove(new Place(tenant, series))) {
      counting.skipGiven(day, given, transaction, tenant);
    }
    for (Instant at : instants) {
      day = counting.day(at);
      counting.moveTo(day, given, transaction, tenant);
      taken.add(locked.pattern().number(day, counting.take(1)));
    }
    NumberSeries.take(transaction, tenant, series, counting.last(), day);
    return taken;
  }
}
