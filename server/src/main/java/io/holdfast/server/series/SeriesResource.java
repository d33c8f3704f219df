package io.holdfast.server.series;

import io.holdfast.server.identity.Caller;
import io.holdfast.server.identity.RequestKey;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.json.JsonBody;
import io.holdfast.server.once.GivenAnswer;
import io.holdfast.server.once.OncePerKey;
import io.holdfast.server.request.VersionTag;
import io.holdfast.server.series.SeriesBodies.OneSeries;
import io.holdfast.server.trail.State;
import io.holdfast.server.trail.Subject;
import io.holdfast.stock.TenantId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// The routes of the one series that a tenant's orders have.
@Path("/v1/order-numbers")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "orders", description = "Stock held for a buyer at frozen prices, until it is theirs")
public final class SeriesResource {
  private static final Series SERIES = Series.ORDERS;
  private static final Subject SUBJECT = Subject.only("order-numbers");

  private final TenantScope tenants;
  private final OncePerKey once;
  private final Given given;

  SeriesResource(TenantScope tenants, OncePerKey once, Given given) {
    this.tenants = tenants;
    this.once = once;
    this.given = given;
  }

  @GET
  @Operation(
      operationId = "getOrderNumbers",
      summary = "How the numbers of orders look, and which was the last one",
      extensions = @Extension(name = "x-versioned", value = "true"))
  @APIResponseSchema(value = OneSeries.class, responseCode = "200")
  public Response get(@Context SecurityContext security) throws SQLException {
    TenantId tenant = Caller.of(security).tenant();
    NumberSeries.Stored found =
        tenants.inTransaction(
            tenant, handle -> NumberSeries.read(handle.getConnection(), tenant, SERIES));
    return VersionTag.told(OneSeries.of(SERIES, found), found.version());
  }

  @PUT
  @Operation(
      operationId = "setOrderNumbers",
      summary = "Chooses how numbers look from now on; counting goes on where it is",
      extensions = {
        @Extension(name = "x-problem-codes", value = "version_conflict key_reused"),
        @Extension(name = "x-versioned", value = "true")
      })
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = SeriesBodies.NewNumberPattern.class)))
  @APIResponseSchema(value = OneSeries.class, responseCode = "200")
  public Response set(byte[] body, @Context HttpHeaders headers, @Context SecurityContext security)
      throws SQLException {
    Caller caller = Caller.of(security);
    SeriesBodies.Choice wanted = SeriesBodies.NewNumberPattern.read(JsonBody.of(body, headers));
    Long expectedVersion = VersionTag.asked(headers);
    String asked = wanted + "\n" + expectedVersion;
    return once.answer(
        new OncePerKey.Asked(caller, "set-series", asked, RequestKey.of(headers), SUBJECT),
        handle -> set(handle.getConnection(), caller.tenant(), wanted, expectedVersion));
  }

  /// Counting goes on where it is, and behind what looks like a number of the new pattern already.
  private OncePerKey.Done set(
      Connection transaction,
      TenantId tenant,
      SeriesBodies.Choice wanted,
      @Nullable Long expectedVersion)
      throws SQLException {
    NumberSeries.Stored before = NumberSeries.lock(transaction, tenant, SERIES);
    VersionTag.requireDone(
        expectedVersion == null || expectedVersion == before.version(),
        expectedVersion,
        before.version());
    LocalDate lastOn = before.lastOn();
    long last =
        lastOn == null
            ? before.last()
            : Math.max(before.last(), given.largest(transaction, tenant, wanted.pattern(), lastOn));
    NumberSeries.choose(transaction, tenant, SERIES, wanted, last);
    NumberSeries.Stored after = NumberSeries.read(transaction, tenant, SERIES);
    return new OncePerKey.Done(
        GivenAnswer.changed(after.version(), OneSeries.of(SERIES, after)),
        state(before),
        state(after));
  }

  private static State state(NumberSeries.Stored stored) {
    return State.of("pattern", stored.pattern().text())
        .and("gapless", stored.isGapless())
        .and("last", stored.last())
        .and("version", stored.version());
  }
}
