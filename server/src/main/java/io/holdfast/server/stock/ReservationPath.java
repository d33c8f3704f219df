package io.holdfast.server.stock;

import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;
import io.holdfast.stock.ReservationId;
import java.util.UUID;
import java.util.regex.Pattern;

/// The id of a reservation. What is no UUID in an address is the id of no reservation.
public final class ReservationPath {
  // UUID.fromString takes shortened groups as well, and two spellings of one id are one too many.
  private static final Pattern FORM =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", Pattern.CASE_INSENSITIVE);

  private ReservationPath() {}

  public static ReservationId id(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new ProblemException(
          ProblemCode.UNKNOWN_RESERVATION, "no reservation can have such an id", "id");
    }
    return new ReservationId(UUID.fromString(text));
  }

  /// The id in a body, where it has to be one.
  public static ReservationId parsed(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("must be the id of a reservation, a UUID");
    }
    return new ReservationId(UUID.fromString(text));
  }
}
