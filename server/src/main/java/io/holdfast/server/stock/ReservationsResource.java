package io.holdfast.server.stock;

import io.holdfast.server.identity.Caller;
import io.holdfast.server.json.JsonBody;
import io.holdfast.server.json.JsonResponses;
import io.holdfast.server.json.NoMembers;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;
import io.holdfast.stock.Command;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.StockReader;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The routes of reservations.
@Path("/v1/reservations")
@Produces(MediaType.APPLICATION_JSON)
@Tag(
    name = "reservations",
    description = "A claim on stock until it is committed, released or expires")
public final class ReservationsResource {
  private static final String ENDED =
      "unknown_reservation reservation_not_held reservation_expired key_reused";

  private final EngineCalls engine;
  private final StockReader reader;

  ReservationsResource(EngineCalls engine, StockReader reader) {
    this.engine = engine;
    this.reader = reader;
  }

  @POST
  @NonBlocking
  @Operation(
      operationId = "reserve",
      summary = "Claims all lines or none",
      extensions =
          @Extension(
              name = "x-problem-codes",
              value = "insufficient_stock no_stock_record unknown_item key_reused"))
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = Requests.NewReservation.class)))
  @APIResponseSchema(value = Bodies.Held.class, responseCode = "201")
  public CompletionStage<Response> reserve(
      byte[] body, @Context HttpHeaders headers, @Context SecurityContext security) {
    return engine.ask(Requests.NewReservation.read(body, headers), security, headers);
  }

  @GET
  @Path("/{id}")
  @RunOnVirtualThread
  @Operation(
      operationId = "getReservation",
      summary = "One reservation or purchase",
      extensions = @Extension(name = "x-problem-codes", value = "unknown_reservation"))
  @APIResponseSchema(value = Bodies.Reservation.class, responseCode = "200")
  public Response get(@PathParam("id") String id, @Context SecurityContext security) {
    ReservationId wanted = ReservationPath.id(id);
    return reader
        .reservation(Caller.of(security).tenant(), wanted)
        .map(found -> JsonResponses.of(200, Bodies.Reservation.of(found)).build())
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemCode.UNKNOWN_RESERVATION, "no reservation has the id " + wanted, "id"));
  }

  @POST
  @Path("/{id}/commit")
  @NonBlocking
  @Operation(
      operationId = "commit",
      summary = "Turns what is held into stock gone",
      extensions = @Extension(name = "x-problem-codes", value = ENDED))
  @RequestBody(
      required = false,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = NoMembers.class)))
  @APIResponseSchema(value = Bodies.Committed.class, responseCode = "200")
  public CompletionStage<Response> commit(
      @PathParam("id") String id,
      byte[] body,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    JsonBody.none(body, headers);
    return engine.ask(new Command.Commit(ReservationPath.id(id)), security, headers);
  }

  @POST
  @Path("/{id}/release")
  @NonBlocking
  @Operation(
      operationId = "release",
      summary = "Gives what is held back",
      extensions = @Extension(name = "x-problem-codes", value = ENDED))
  @RequestBody(
      required = false,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = NoMembers.class)))
  @APIResponseSchema(value = Bodies.Ended.class, responseCode = "200")
  public CompletionStage<Response> release(
      @PathParam("id") String id,
      byte[] body,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    JsonBody.none(body, headers);
    return engine.ask(new Command.Release(ReservationPath.id(id)), security, headers);
  }

  @POST
  @Path("/{id}/extend")
  @NonBlocking
  @Operation(
      operationId = "extend",
      summary = "Lets it live longer from now on",
      extensions = @Extension(name = "x-problem-codes", value = ENDED))
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = Requests.NewTime.class)))
  @APIResponseSchema(value = Bodies.Extended.class, responseCode = "200")
  public CompletionStage<Response> extend(
      @PathParam("id") String id,
      byte[] body,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    return engine.ask(
        Requests.NewTime.read(ReservationPath.id(id), body, headers), security, headers);
  }
}
