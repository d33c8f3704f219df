package io.holdfast.server.stock;

import jakarta.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;

/// Which movements of an item are asked for, as it stands in the address; null where it does not.
record MovementsQuery(
    @Nullable String location,
    @Nullable String limit,
    @Nullable String after,
    @Nullable String order) {

  static MovementsQuery of(UriInfo address) {
    return new MovementsQuery(
        HistoryParameters.text("location", address),
        HistoryParameters.text("limit", address),
        HistoryParameters.text("after", address),
        HistoryParameters.text("order", address));
  }
}
