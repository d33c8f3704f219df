package io.holdfast.server.demo;

import java.time.Instant;

/// The ticket's numbers in one snapshot.
///
/// @param position of the newest movement, which is the level's version
/// @param countsAfter the position at which the count of purchases last started anew
record Inventory(
    long available, long position, long countsAfter, long purchases, Instant updatedAt) {}
