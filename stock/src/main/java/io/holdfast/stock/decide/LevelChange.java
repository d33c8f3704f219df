package io.holdfast.stock.decide;

import io.holdfast.stock.Reason;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.StockCount;
import org.jspecify.annotations.Nullable;

/// What a decision does to one level, and the count that this leaves. One movement of the ledger.
///
/// @param reservation the one that it belongs to, if there is one
/// @param reason why, as the caller has said
/// @param detail what else the movement has to say: of a transfer the other location, of a safety
///   stock how much it is
public record LevelChange(
    LevelKey level,
    MovementKind kind,
    long onHandChange,
    long reservedChange,
    StockCount after,
    @Nullable ReservationId reservation,
    @Nullable Reason reason,
    @Nullable String detail) {}
