package io.holdfast.server.stock;

import io.holdfast.server.json.InvalidMember;
import io.holdfast.server.json.JsonBody;
import io.holdfast.server.json.JsonResponses;
import io.holdfast.server.json.NoMembers;
import io.holdfast.server.json.PageLimit;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;
import io.holdfast.server.request.VersionTag;
import io.holdfast.stock.Command;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.ReservationPaging;
import io.holdfast.stock.ReservationView;
import io.holdfast.stock.StockReader;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// The routes of reservations.
@Path("/v1/reservations")
@Produces(MediaType.APPLICATION_JSON)
@Tag(
    name = "reservations",
    description = "A claim on stock until it is committed, released or expires")
public final class ReservationsResource {
  private static final String EXTENDED =
      "unknown_reservation reservation_not_held reservation_expired reservation_of_order"
          + " key_reused";
  private static final String ENDED = EXTENDED + " level_quarantined";
  private static final String RESERVED =
      "unknown_item no_stock_record unknown_reservation limit_exceeded too_many_reservations"
          + " level_quarantined insufficient_stock reservation_of_order key_reused";
  private static final String CHANGED =
      "unknown_item no_stock_record unknown_reservation reservation_not_held reservation_expired"
          + " version_conflict level_quarantined limit_exceeded insufficient_stock"
          + " reservation_of_order key_reused";
  private static final String COMMITTED = ENDED + " more_than_reserved insufficient_stock";
  private static final String RETURNED =
      "unknown_reservation reservation_not_committed more_than_reserved balance_out_of_range"
          + " level_quarantined reservation_of_order key_reused";

  /// One more is read, to know whether there is more.
  private static final int MAX_LIMIT = ReservationPaging.MAX_LIMIT - 1;

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
      summary = "Claims all lines or none, unless it is content with less",
      extensions = {
        @Extension(name = "x-problem-codes", value = RESERVED),
        @Extension(name = "x-versioned", value = "true")
      })
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = Requests.NewReservation.class)))
  @APIResponseSchema(value = Bodies.Held.class, responseCode = "201")
  public CompletionStage<Response> reserve(
      byte[] body, @Context HttpHeaders headers, @Context SecurityContext security) {
    Reach reach = Reach.of(security, "reserve");
    return engine.ask(
        Requests.NewReservation.read(JsonBody.of(body, headers), reach), reach, headers);
  }

  @GET
  @RunOnVirtualThread
  @Operation(
      operationId = "listReservations",
      summary = "Reservations and purchases, newest first, but for what is in the archive",
      description =
          "Whoever may read its own alone finds its own alone: what it has reserved and bought.")
  @APIResponseSchema(value = Bodies.ReservationPage.class, responseCode = "200")
  public Response list(
      @QueryParam("limit")
          @DefaultValue("100")
          @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "999")
          String limit,
      @QueryParam("after") @Nullable String after,
      @Context SecurityContext security) {
    Reach reach = Reach.of(security, "listReservations");
    int most = PageLimit.of(limit, MAX_LIMIT);
    List<ReservationView> found =
        reader.reservations(
            reach.caller().tenant(),
            new ReservationPaging(reach.onlyOf(), olderThan(after), most + 1));
    return JsonResponses.of(200, Bodies.ReservationPage.of(found, most)).build();
  }

  private static @Nullable ReservationId olderThan(@Nullable String after) {
    try {
      return after == null ? null : ReservationPath.parsed(after);
    } catch (IllegalArgumentException e) {
      throw new InvalidMember("after", "is not a cursor that was given out here");
    }
  }

  @GET
  @Path("/{id}")
  @RunOnVirtualThread
  @Operation(
      operationId = "getReservation",
      summary = "One reservation or purchase",
      extensions = {
        @Extension(name = "x-problem-codes", value = "unknown_reservation"),
        @Extension(name = "x-versioned", value = "true")
      })
  @APIResponseSchema(value = Bodies.Reservation.class, responseCode = "200")
  public Response get(@PathParam("id") String id, @Context SecurityContext security) {
    ReservationId wanted = ReservationPath.id(id);
    Reach reach = Reach.of(security, "getReservation");
    // Whose a reservation is never changes, so what is read says it.
    return reader
        .reservation(reach.caller().tenant(), wanted)
        .filter(found -> reach.sees(found.customer()))
        .map(ReservationsResource::response)
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemCode.UNKNOWN_RESERVATION, "no reservation has the id " + wanted, "id"));
  }

  private static Response response(ReservationView found) {
    return VersionTag.told(Bodies.Reservation.of(found), found.version());
  }

  @PATCH
  @Path("/{id}")
  @NonBlocking
  @Operation(
      operationId = "changeReservation",
      summary = "Gives what is held other lines in the place of all that it has, or nothing",
      extensions = {
        @Extension(name = "x-problem-codes", value = CHANGED),
        @Extension(name = "x-versioned", value = "true")
      })
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = Requests.NewLines.class)))
  @APIResponseSchema(value = Bodies.Changed.class, responseCode = "200")
  public CompletionStage<Response> change(
      @PathParam("id") String id,
      byte[] body,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    Command change =
        Requests.NewLines.read(
            ReservationPath.id(id), VersionTag.asked(headers), JsonBody.of(body, headers));
    return engine.ask(change, Reach.of(security, "changeReservation"), headers);
  }

  @POST
  @Path("/{id}/commit")
  @NonBlocking
  @Operation(
      operationId = "commit",
      summary = "Turns what is held, or a part of it, into stock gone",
      extensions = @Extension(name = "x-problem-codes", value = COMMITTED))
  @RequestBody(
      required = false,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = Requests.CommittedPart.class)))
  @APIResponseSchema(value = Bodies.Committed.class, responseCode = "200")
  public CompletionStage<Response> commit(
      @PathParam("id") String id,
      byte[] body,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    Command commit =
        Requests.CommittedPart.read(ReservationPath.id(id), JsonBody.optional(body, headers));
    return engine.ask(commit, Reach.of(security, "commit"), headers);
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
    return engine.ask(
        new Command.Release(ReservationPath.id(id)), Reach.of(security, "release"), headers);
  }

  @POST
  @Path("/{id}/extend")
  @NonBlocking
  @Operation(
      operationId = "extend",
      summary = "Lets it live longer from now on",
      extensions = @Extension(name = "x-problem-codes", value = EXTENDED))
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
    Command extend = Requests.NewTime.read(ReservationPath.id(id), JsonBody.of(body, headers));
    return engine.ask(extend, Reach.of(security, "extend"), headers);
  }

  @POST
  @Path("/{id}/returns")
  @NonBlocking
  @Operation(
      operationId = "giveBack",
      summary = "Puts back what was committed or purchased, where it came from",
      extensions = @Extension(name = "x-problem-codes", value = RETURNED))
  @RequestBody(
      required = false,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = Requests.NewReturn.class)))
  @APIResponseSchema(value = Bodies.Returned.class, responseCode = "201")
  public CompletionStage<Response> giveBack(
      @PathParam("id") String id,
      byte[] body,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    Command giveBack =
        Requests.NewReturn.read(ReservationPath.id(id), JsonBody.optional(body, headers));
    return engine.ask(giveBack, security, headers);
  }
}
