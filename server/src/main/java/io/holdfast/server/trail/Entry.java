package io.holdfast.server.trail;

import io.holdfast.server.origin.RequestOrigin;
import io.holdfast.stock.Actor;
import io.holdfast.stock.TenantId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// An entry as it is to be written. When it was made, and its id, the database says.
///
/// @param times how often the same was refused
/// @param address of whoever asked
/// @param needs the permission that was lacking
/// @param before as JSON
/// @param after as JSON
record Entry(
    TenantId tenant,
    long times,
    Outcome outcome,
    String operation,
    String actor,
    String requestId,
    String address,
    Subject subject,
    @Nullable String needs,
    @Nullable String before,
    @Nullable String after) {

  /// What became of what was asked.
  enum Outcome {
    DONE,
    FORBIDDEN;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Entry done(TenantId tenant, Actor actor, RequestOrigin origin, Change change) {
    return new Entry(
        tenant,
        1,
        Outcome.DONE,
        origin.operation(),
        actor.name(),
        origin.id(),
        origin.address(),
        change.subject(),
        null,
        json(change.before()),
        json(change.after()));
  }

  private static @Nullable String json(@Nullable State state) {
    return state == null ? null : state.json();
  }
}
