package io.holdfast.stock;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One movement of a stock level, as the ledger has it. Each movement's count is the one before it
/// and the two changes, with a version that is one higher.
///
/// The texts are given as they stand, without the checks of [Actor] and [Reason], so that a row
/// which somebody tampered with can be read, too.
///
/// @param kind what moved the stock, a command's name: `reserve`, `change`, `commit`,
///   `commit_expired`, `release`, `expire`, `purchase`, `return`, `receive`, `adjust`, `count`,
///   `transfer` or `safety_stock`; later versions may have more
/// @param onHandChange signed; the balances after it are in `after`
/// @param reservedChange signed
/// @param after the balances that it left, and the version that it made
/// @param actor who asked for it
/// @param reason why, where the command said so
/// @param reservation the reservation or purchase that it belongs to; null for what is about a
///   level alone
/// @param detail of a transfer the other location, of a safety stock how much it is from then on
/// @param recordedAt by the database's clock, read after the state that it changed
public record MovementView(
    String kind,
    long onHandChange,
    long reservedChange,
    StockCount after,
    String actor,
    @Nullable String reason,
    @Nullable ReservationId reservation,
    @Nullable String detail,
    Instant recordedAt) {
  public MovementView {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(after, "after");
    Objects.requireNonNull(actor, "actor");
    Objects.requireNonNull(recordedAt, "recordedAt");
  }
}
