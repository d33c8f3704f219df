package io.holdfast.stock.decide;

import io.holdfast.stock.StockCount;

/// What a decision does to one level, and the count that this leaves. One movement of the ledger.
public record LevelChange(
    LevelKey level, MovementKind kind, long onHandChange, long reservedChange, StockCount after) {}
