package io.holdfast.stock;

import org.jspecify.annotations.Nullable;

/// After how many days a tenant's old rows go into the archive. What is there is still proven and
/// still shown, but no longer decided on. Null: they stay where they are.
///
/// @param keysDays after the answer to a key. From then on a command with that key is a new one. A
///   key of a command that made a reservation stays as long as the reservation's row
/// @param reservationsDays after the end of a reservation. From then on nothing of it can come
///   back, and the key of the command that made it is a new one
/// @param movementsDays after a movement, as far as a checkpoint states one after it
public record Retention(
    @Nullable Integer keysDays,
    @Nullable Integer reservationsDays,
    @Nullable Integer movementsDays) {
  /// What holds for a tenant that has chosen nothing.
  public static final Retention FOR_EVER = new Retention(null, null, null);

  /// The most that can be chosen: ten years.
  public static final int MAX_DAYS = 3_660;

  public Retention {
    check("keysDays", keysDays);
    check("reservationsDays", reservationsDays);
    check("movementsDays", movementsDays);
  }

  private static void check(String name, @Nullable Integer days) {
    if (days != null && (days < 1 || days > MAX_DAYS)) {
      throw new IllegalArgumentException(
          name + " must be between 1 and " + MAX_DAYS + ", not " + days);
    }
  }
}
