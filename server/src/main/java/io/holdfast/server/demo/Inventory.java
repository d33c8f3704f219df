package io.holdfast.server.demo;

import java.time.Instant;

/// The ticket's numbers in one snapshot.
///
/// @param position of the newest movement, which is the level's version
/// @param countsAfter the position at which the counts last started anew
/// @param purchases since then
/// @param unitsSold by them; a purchase may be of several tickets
/// @param unitsSupplied what was there then, and what was brought in since
record Inventory(
    long available,
    long position,
    long countsAfter,
    long purchases,
    long unitsSold,
    long unitsSupplied,
    Instant updatedAt) {

  /// Tickets sold that there never were.
  long oversold() {
    return Math.max(0, unitsSold - unitsSupplied);
  }
}
