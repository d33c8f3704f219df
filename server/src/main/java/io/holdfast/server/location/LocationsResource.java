package io.holdfast.server.location;

import io.holdfast.server.identity.Caller;
import io.holdfast.server.identity.RequestKey;
import io.holdfast.server.json.JsonBody;
import io.holdfast.server.json.JsonResponses;
import io.holdfast.server.location.LocationBodies.Location;
import io.holdfast.server.request.VersionTag;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.StockLocation;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.sql.SQLException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The routes of locations.
@Path("/v1/locations")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "locations", description = "Where stock lies")
public final class LocationsResource {
  private final Locations locations;

  LocationsResource(Locations locations) {
    this.locations = locations;
  }

  @POST
  @Operation(
      operationId = "openLocation",
      summary = "Opens a location",
      extensions = {
        @Extension(
            name = "x-problem-codes",
            value = "location_exists too_many_locations key_reused"),
        @Extension(name = "x-versioned", value = "true")
      })
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = LocationBodies.NewLocation.class)))
  @APIResponseSchema(value = Location.class, responseCode = "201")
  public Response open(byte[] body, @Context HttpHeaders headers, @Context SecurityContext security)
      throws SQLException {
    return locations.open(
        Caller.of(security),
        LocationBodies.NewLocation.read(JsonBody.of(body, headers)),
        RequestKey.of(headers));
  }

  @GET
  @Operation(
      operationId = "listLocations",
      summary = "All locations, in the order in which stock is taken from them")
  @APIResponseSchema(value = LocationBodies.All.class, responseCode = "200")
  public Response all(@Context SecurityContext security) throws SQLException {
    List<Location> all =
        locations.all(Caller.of(security).tenant()).stream().map(Location::of).toList();
    return JsonResponses.of(200, new LocationBodies.All(all)).build();
  }

  @GET
  @Path("/{location}")
  @Operation(
      operationId = "getLocation",
      summary = "One location",
      extensions = {
        @Extension(name = "x-problem-codes", value = "unknown_location"),
        @Extension(name = "x-versioned", value = "true")
      })
  @APIResponseSchema(value = Location.class, responseCode = "200")
  public Response get(@PathParam("location") String location, @Context SecurityContext security)
      throws SQLException {
    LocationId wanted = LocationPath.id(location);
    StockLocation found =
        locations
            .find(Caller.of(security).tenant(), wanted)
            .orElseThrow(() -> LocationPath.unknown(wanted));
    return VersionTag.told(Location.of(found), found.version());
  }

  @PATCH
  @Path("/{location}")
  @Operation(
      operationId = "setPriority",
      summary = "Puts a location elsewhere in the order",
      extensions = {
        @Extension(
            name = "x-problem-codes",
            value = "unknown_location version_conflict key_reused"),
        @Extension(name = "x-versioned", value = "true")
      })
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = LocationBodies.NewPriority.class)))
  @APIResponseSchema(value = Location.class, responseCode = "200")
  public Response setPriority(
      @PathParam("location") String location,
      byte[] body,
      @Context HttpHeaders headers,
      @Context SecurityContext security)
      throws SQLException {
    return locations.setPriority(
        Caller.of(security),
        LocationBodies.NewPriority.read(LocationPath.id(location), JsonBody.of(body, headers)),
        VersionTag.asked(headers),
        RequestKey.of(headers));
  }
}
