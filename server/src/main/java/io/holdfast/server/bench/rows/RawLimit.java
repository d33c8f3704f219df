package io.holdfast.server.bench.rows;

import io.holdfast.stock.LocationId;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.ReservationState;
import io.holdfast.stock.ReservationView;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockCount;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.decide.ChainHash;
import io.holdfast.stock.decide.HeldLine;
import io.holdfast.stock.decide.LevelKey;
import io.holdfast.stock.decide.Reservation;
import io.holdfast.stock.store.Movements;
import io.holdfast.stock.store.Reservations;
import io.holdfast.stock.store.RoundTrip;
import io.holdfast.stock.store.StockLevels;
import io.holdfast.stock.store.StoredAnswer;
import io.holdfast.stock.store.TransactionLimits;
import io.holdfast.stock.store.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/// The limit that no way of deciding can pass: the rows of a batch of reservations on one item (a
/// reservation with its key and answer, a movement with its hash, the level once), written as
/// arrays by one connection, nothing read, nothing decided.
public final class RawLimit {
  private static final byte[] ANSWER = new byte[70];
  private static final TransactionLimits LIMITS =
      new TransactionLimits(
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10));

  private final Connection connection;
  private final TenantId tenant;
  private final LevelKey level;
  private final int batch;
  private long position = 1;

  public RawLimit(Connection connection, TenantId tenant, String sku, int batch) {
    this.connection = connection;
    this.tenant = tenant;
    this.level = new LevelKey(new Sku(sku), LocationId.MAIN);
    this.batch = batch;
  }

  public double perSecond(Duration warmUp, Duration measured) throws SQLException {
    connection.setAutoCommit(false);
    writeFor(warmUp);
    return writeFor(measured) / (measured.toNanos() / 1e9);
  }

  private long writeFor(Duration time) throws SQLException {
    long until = System.nanoTime() + time.toNanos();
    long rows = 0;
    while (System.nanoTime() < until) {
      write();
      rows += batch;
    }
    return rows;
  }

  private void write() throws SQLException {
    Instant now = Transactions.instant(System.currentTimeMillis() * 1_000);
    List<Reservations.Row> reservations = new ArrayList<>(batch);
    List<Movements.Movement> movements = new ArrayList<>(batch);
    for (int i = 0; i < batch; i++) {
      ReservationId id = new ReservationId(timeOrderedId());
      reservations.add(reservation(id, now));
      movements.add(movement(id, now));
    }
    try (RoundTrip trip = new RoundTrip(connection)) {
      Transactions.begin(trip, tenant, LIMITS);
      StockLevels.write(
          trip,
          tenant,
          List.of(new StockLevels.Row(level, 0, movements.getLast().after(), ChainHash.start())));
      Movements.insert(trip, tenant, now, movements);
      Reservations.insert(trip, tenant, now, reservations);
      trip.send();
    }
    connection.commit();
  }

  private Reservations.Row reservation(ReservationId id, Instant now) {
    Reservation held =
        new Reservation(
            id,
            ReservationState.HELD,
            ReservationView.FIRST_VERSION,
            List.of(new HeldLine(level.sku(), level.location(), 1)),
            null,
            now,
            now.plusSeconds(3_600));
    StoredAnswer key = new StoredAnswer(UUID.randomUUID(), UUID.randomUUID(), ANSWER);
    return new Reservations.Row(held, "bench", Optional.of(key), null);
  }

  private Movements.Movement movement(ReservationId id, Instant now) {
    position++;
    return new Movements.Movement(
        level,
        "reserve",
        0,
        1,
        new StockCount(Long.MAX_VALUE / 2, position, position),
        now,
        id,
        "bench",
        null,
        null,
        ChainHash.start());
  }

  private static UUID timeOrderedId() {
    return new UUID(
        System.currentTimeMillis() << 16 | 0x7000L,
        0x8000_0000_0000_0000L | ThreadLocalRandom.current().nextLong() >>> 2);
  }
}
