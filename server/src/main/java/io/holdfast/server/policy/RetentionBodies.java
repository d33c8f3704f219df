package io.holdfast.server.policy;

import io.holdfast.server.json.JsonMembers;
import io.holdfast.stock.Retention;
import io.holdfast.stock.RetentionView;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What the routes of the retention read and write.
final class RetentionBodies {
  private static final String KEYS =
      "days after which an answer to an `Idempotency-Key` goes into the archive, and the key is a"
          + " new one; that of a request that made a reservation goes with the reservation; left"
          + " out: never";
  private static final String RESERVATIONS =
      "days after its end after which a reservation goes into the archive; left out: never";
  private static final String MOVEMENTS =
      "days after which a movement goes into the archive, as far as a checkpoint states a later"
          + " one of its level; left out: never";

  private RetentionBodies() {}

  @Schema(name = "NewRetention")
  record NewRetention(
      @Schema(minimum = "1", maximum = "3660", description = KEYS) @Nullable Integer keysDays,
      @Schema(minimum = "1", maximum = "3660", description = RESERVATIONS)
          @Nullable Integer reservationsDays,
      @Schema(minimum = "1", maximum = "3660", description = MOVEMENTS)
          @Nullable Integer movementsDays) {

    static Retention read(JsonMembers members) {
      members.only("keys_days", "reservations_days", "movements_days");
      return new Retention(
          days(members, "keys_days"),
          days(members, "reservations_days"),
          days(members, "movements_days"));
    }

    private static @Nullable Integer days(JsonMembers members, String name) {
      Long days = members.optionalWhole(name, 1, Retention.MAX_DAYS);
      return days == null ? null : days.intValue();
    }
  }

  /// @param version counts how often it was chosen; 0: never, and everything stays
  @Schema(name = "Retention")
  record Chosen(
      @Schema(nullable = true) @Nullable Integer keysDays,
      @Schema(nullable = true) @Nullable Integer reservationsDays,
      @Schema(nullable = true) @Nullable Integer movementsDays,
      long version,
      @Schema(description = "what is in the archive by now") Archived archived,
      @Schema(nullable = true, description = "when the archive was brought up to date last")
          @Nullable Instant completedAt) {

    static Chosen of(RetentionView view) {
      return new Chosen(
          view.retention().keysDays(),
          view.retention().reservationsDays(),
          view.retention().movementsDays(),
          view.version(),
          Archived.of(view.archived()),
          view.completedAt());
    }
  }

  @Schema(name = "ArchivedRows")
  record Archived(long keys, long reservations, long movements) {
    static Archived of(RetentionView.Archived archived) {
      return new Archived(archived.keys(), archived.reservations(), archived.movements());
    }
  }
}
