package io.holdfast.server.location;

import io.holdfast.server.json.JsonMembers;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.StockLocation;
import io.holdfast.stock.StockRegister;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What the routes of locations read and write.
final class LocationBodies {
  private LocationBodies() {}

  @Schema(name = "NewLocation")
  record NewLocation(
      @Schema(required = true, minLength = 1, maxLength = 64) String location,
      @Schema(
              minimum = "0",
              maximum = "1000000",
              defaultValue = "100",
              description = "whose stock is taken first: the lowest; among equals by name")
          @Nullable Integer priority) {

    static Wanted read(JsonMembers members) {
      members.only("location", "priority");
      return new Wanted(
          members.text("location", LocationId::new),
          (int)
              members.whole(
                  "priority", 0, StockRegister.MAX_PRIORITY, StockRegister.DEFAULT_PRIORITY));
    }
  }

  @Schema(name = "NewPriority")
  record NewPriority(
      @Schema(
              required = true,
              minimum = "0",
              maximum = "1000000",
              description = "whose stock is taken first: the lowest; among equals by name")
          int priority) {

    static Wanted read(LocationId location, JsonMembers members) {
      members.only("priority");
      return new Wanted(location, (int) members.whole("priority", 0, StockRegister.MAX_PRIORITY));
    }
  }

  /// A location as it is to be.
  record Wanted(LocationId location, int priority) {}

  /// @param version counts its changes, from 1
  @Schema(name = "Location")
  record Location(String location, int priority, long version) {

    static Location of(StockLocation stored) {
      return new Location(stored.id().value(), stored.priority(), stored.version());
    }
  }

  /// All of them, in their order of priority.
  @Schema(name = "LocationList")
  record All(List<Location> locations) {}
}
