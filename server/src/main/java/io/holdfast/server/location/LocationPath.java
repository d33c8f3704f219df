package io.holdfast.server.location;

import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;
import io.holdfast.stock.LocationId;

/// The name of a location in an address. One that no location could have is the name of none.
final class LocationPath {
  private LocationPath() {}

  /// For a name that could be, and that nothing has.
  static ProblemException unknown(LocationId location) {
    return new ProblemException(
        ProblemCode.UNKNOWN_LOCATION, "no location is named " + location, "location");
  }

  static LocationId id(String text) {
    try {
      return new LocationId(text);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          ProblemCode.UNKNOWN_LOCATION, "no location can have such a name", "location");
    }
  }
}
