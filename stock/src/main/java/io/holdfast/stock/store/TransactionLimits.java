package io.holdfast.stock.store;

import java.time.Duration;

/// How long a transaction may wait: for a row, for a statement, and for its own node's next word.
public record TransactionLimits(Duration lock, Duration statement, Duration idle) {}
