package io.holdfast.stock.verify;

import io.holdfast.stock.ReservationId;
import io.holdfast.stock.StockVerifier.Difference;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.decide.ChainHash;
import io.holdfast.stock.decide.MovementKind;
import io.holdfast.stock.store.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;

/// Walks the movements of one level: positions without a hole, balances that follow from the
/// changes, hashes that follow from the rows.
///
/// It takes the rows as they are. What the application would refuse to read, a sku with a line
/// break for one, is a difference like any other, and no reason to stop.
public final class Chain {
  private final TenantId tenant;
  private final String sku;
  private final String location;
  private final Consumer<Difference> found;
  private final ChainHash chainHash = new ChainHash();
  private State state;

  /// What a level has come to by a movement, as the ledger tells it.
  public record State(long position, long onHand, long reserved, long safetyStock, byte[] hash) {
    /// Before the first movement.
    public static State start() {
      return new State(0, 0, 0, 0, ChainHash.start());
    }

    /// By content, the hash's too.
    public boolean isSame(State other) {
      return position == other.position
          && onHand == other.onHand
          && reserved == other.reserved
          && safetyStock == other.safetyStock
          && Arrays.equals(hash, other.hash);
    }
  }

  /// @param from where the walk begins
  public Chain(
      TenantId tenant, String sku, String location, State from, Consumer<Difference> found) {
    this.tenant = tenant;
    this.sku = sku;
    this.location = location;
    this.state = from;
    this.found = found;
  }

  boolean isOf(String otherSku, String otherLocation) {
    return sku.equals(otherSku) && location.equals(otherLocation);
  }

  public State state() {
    return state;
  }

  /// @param row columns as [LedgerCheck#LEDGER_READ] lists them
  public void step(ResultSet row) throws SQLException {
    long position = row.getLong(3);
    long onHand = row.getLong(6);
    long reserved = row.getLong(7);
    String name = sku + "/" + location + " position " + position;
    compare("movement.position", name, state.position + 1, position);
    compare("movement.on_hand_after", name, state.onHand + row.getLong(4), onHand);
    compare("movement.reserved_after", name, state.reserved + row.getLong(5), reserved);
    byte[] hash = Objects.requireNonNullElse(row.getBytes(13), new byte[0]);
    byte[] recomputed = chainHash.next(state.hash, hashed(row));
    if (!Arrays.equals(recomputed, hash)) {
      HexFormat hex = HexFormat.of();
      found.accept(
          new Difference("movement.hash", name, hex.formatHex(recomputed), hex.formatHex(hash)));
    }
    state = new State(position, onHand, reserved, safetyStock(row), hash);
  }

  /// Only one kind of movement changes it, and says what it is from then on.
  private long safetyStock(ResultSet row) throws SQLException {
    String detail = row.getString(14);
    boolean isSet =
        MovementKind.SAFETY_STOCK.code().equals(row.getString(10))
            && detail != null
            && detail.matches("\\d{1,18}");
    return isSet ? Long.parseLong(detail) : state.safetyStock;
  }

  private ChainHash.Row hashed(ResultSet row) throws SQLException {
    UUID reservation = row.getObject(9, UUID.class);
    return new ChainHash.Row(
        tenant.value(),
        sku,
        location,
        row.getLong(3),
        row.getLong(4),
        row.getLong(5),
        row.getLong(6),
        row.getLong(7),
        Transactions.instant(row.getLong(8)),
        reservation == null ? null : new ReservationId(reservation),
        row.getString(10),
        row.getString(11),
        row.getString(12),
        row.getString(14));
  }

  private void compare(String check, String name, long expected, long actual) {
    if (expected != actual) {
      found.accept(new Difference(check, name, Long.toString(expected), Long.toString(actual)));
    }
  }
}
