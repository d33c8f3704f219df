package io.holdfast.stock.store;

import io.holdfast.stock.ReservationId;
import io.holdfast.stock.StockCount;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.decide.LevelKey;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The ledger: rows are added, and never changed again.
public final class Movements {
  public static final String MOVEMENTS_INSERT =
      """
      INSERT INTO holdfast.movements
          (tenant_id, position, on_hand_change, reserved_change, on_hand_after, reserved_after,
           recorded_at, reservation_id, kind, sku, location, actor, reason, hash)
      SELECT ?, m.position, m.on_hand_change, m.reserved_change, m.on_hand_after, m.reserved_after,
          timestamptz 'epoch' + ? * interval '1 microsecond',
          m.reservation_id, m.kind, m.sku, m.location, m.actor, m.reason, m.hash
      FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::uuid[],
              ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bytea[])
          AS m (position, on_hand_change, reserved_change, on_hand_after, reserved_after,
              reservation_id, kind, sku, location, actor, reason, hash)""";

  /// Whether this very movement was written; its hash stands for everything in it.
  public static final String MOVEMENT_FIND =
      """
      SELECT FROM holdfast.movements
      WHERE tenant_id = ? AND sku = ? AND location = ? AND position = ?
          AND hash = decode(?, 'hex')""";

  private Movements() {}

  /// One row of the ledger. Its position is the version of the level that it left behind.
  public record Movement(
      LevelKey level,
      String kind,
      long onHandChange,
      long reservedChange,
      StockCount after,
      Instant recordedAt,
      @Nullable ReservationId reservation,
      String actor,
      @Nullable String reason,
      byte[] hash) {
    public long position() {
      return after.version();
    }
  }

  public static void insert(
      RoundTrip trip, TenantId tenant, Instant recordedAt, List<Movement> movements) {
    trip.add(
        MOVEMENTS_INSERT,
        tenant.value(),
        Transactions.micros(recordedAt),
        numbers(movements, Movement::position),
        numbers(movements, Movement::onHandChange),
        numbers(movements, Movement::reservedChange),
        numbers(movements, movement -> movement.after().onHand()),
        numbers(movements, movement -> movement.after().reserved()),
        movements.stream()
            .map(Movement::reservation)
            .map(id -> id == null ? null : id.value())
            .toArray(UUID[]::new),
        texts(movements, Movement::kind),
        texts(movements, movement -> movement.level().sku().value()),
        texts(movements, movement -> movement.level().location().value()),
        texts(movements, Movement::actor),
        texts(movements, Movement::reason),
        movements.stream().map(Movement::hash).toArray(byte[][]::new));
  }

  public static void find(RoundTrip trip, TenantId tenant, Movement movement) {
    trip.add(
        MOVEMENT_FIND,
        tenant.value(),
        movement.level().sku().value(),
        movement.level().location().value(),
        movement.position(),
        HexFormat.of().formatHex(movement.hash()));
  }

  private static Long[] numbers(List<Movement> movements, Function<Movement, Long> column) {
    return movements.stream().map(column).toArray(Long[]::new);
  }

  private static String[] texts(
      List<Movement> movements, Function<Movement, @Nullable String> column) {
    return movements.stream().map(column).toArray(String[]::new);
  }
}
