package io.holdfast.server.audit;

import io.holdfast.server.audit.AuditBodies.Found;
import io.holdfast.server.audit.AuditBodies.QuarantinedLevels;
import io.holdfast.server.identity.Caller;
import io.holdfast.server.identity.RequestKey;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.json.InvalidMember;
import io.holdfast.server.json.JsonBody;
import io.holdfast.server.json.JsonResponses;
import io.holdfast.server.json.JsonWriting;
import io.holdfast.server.json.PageLimit;
import io.holdfast.server.once.GivenAnswer;
import io.holdfast.server.once.OncePerKey;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;
import io.holdfast.server.trail.State;
import io.holdfast.server.trail.Subject;
import io.holdfast.stock.Finding;
import io.holdfast.stock.Reason;
import io.holdfast.stock.StockFindings;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.TenantStanding;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// What audits have found. A quarantine ends by a correction of the level; a finding by itself,
/// when it is found no longer.
@Path("/v1/audit")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "audit", description = "What was found to be other than the ledger says")
public final class AuditResource {
  private static final int MAX_LIMIT = 1_000;

  private final TenantScope tenants;
  private final OncePerKey once;
  private final StockFindings findings = StockFindings.create();

  AuditResource(TenantScope tenants, OncePerKey once) {
    this.tenants = tenants;
    this.once = once;
  }

  @GET
  @Operation(operationId = "getAudit", summary = "What the audits of the tenant have come to")
  @APIResponseSchema(value = AuditBodies.Standing.class, responseCode = "200")
  public Response standing(@Context SecurityContext security) throws SQLException {
    TenantId tenant = Caller.of(security).tenant();
    TenantStanding standing =
        tenants.inTransaction(tenant, handle -> findings.standing(handle.getConnection(), tenant));
    return JsonResponses.of(200, AuditBodies.Standing.of(standing)).build();
  }

  @GET
  @Path("/quarantines")
  @Operation(
      operationId = "listQuarantines",
      summary = "Levels on which nothing moves until they are corrected",
      description = "By sku and location, the first 1000.")
  @APIResponseSchema(value = QuarantinedLevels.class, responseCode = "200")
  public Response quarantines(@Context SecurityContext security) throws SQLException {
    TenantId tenant = Caller.of(security).tenant();
    List<AuditBodies.Level> levels =
        tenants
            .inTransaction(
                tenant, handle -> findings.quarantined(handle.getConnection(), tenant, MAX_LIMIT))
            .stream()
            .map(AuditBodies.Level::of)
            .toList();
    return JsonResponses.of(200, new QuarantinedLevels(levels)).build();
  }

  @GET
  @Path("/findings")
  @Operation(
      operationId = "listFindings",
      summary = "What is not as it was claimed to be, and no correction of a level puts right")
  @APIResponseSchema(value = AuditBodies.Page.class, responseCode = "200")
  public Response findings(
      @QueryParam("limit")
          @DefaultValue("100")
          @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "1000")
          String limit,
      @QueryParam("after") @Nullable String after,
      @Context SecurityContext security)
      throws SQLException {
    TenantId tenant = Caller.of(security).tenant();
    int most = PageLimit.of(limit, MAX_LIMIT);
    long start = after == null ? 0 : cursor(after);
    List<Finding> found =
        tenants.inTransaction(
            tenant, handle -> findings.findings(handle.getConnection(), tenant, start, most + 1));
    return JsonResponses.of(200, AuditBodies.Page.of(found, most)).build();
  }

  private static long cursor(String after) {
    return number(after)
        .orElseThrow(() -> new InvalidMember("after", "is not a cursor that was given out here"));
  }

  @PUT
  @Path("/findings/{id}/acknowledgement")
  @Operation(
      operationId = "acknowledge",
      summary = "Says that a finding is known, so that it alerts nobody any more",
      description =
          "It stays a finding until it is found no longer. When it becomes another one, nobody has"
              + " said so of that.",
      extensions = @Extension(name = "x-problem-codes", value = "unknown_finding key_reused"))
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = AuditBodies.NewAcknowledgement.class)))
  @APIResponseSchema(value = Found.class, responseCode = "200")
  public Response acknowledge(
      @PathParam("id") String id,
      byte[] body,
      @Context HttpHeaders headers,
      @Context SecurityContext security)
      throws SQLException {
    Caller caller = Caller.of(security);
    Reason reason = AuditBodies.NewAcknowledgement.read(JsonBody.of(body, headers));
    long finding = number(id).orElseThrow(() -> unknown(id));
    return once.answer(
        new OncePerKey.Asked(
            caller,
            "acknowledge",
            finding + "\n" + reason.text(),
            RequestKey.of(headers),
            new Subject("finding", Long.toString(finding))),
        handle -> acknowledged(handle.getConnection(), caller, finding, reason));
  }

  private OncePerKey.Done acknowledged(
      Connection transaction, Caller caller, long id, Reason reason) throws SQLException {
    Finding before =
        findings.findings(transaction, caller.tenant(), id - 1, 1).stream()
            .filter(found -> found.id() == id)
            .findFirst()
            .orElseThrow(() -> unknown(Long.toString(id)));
    Finding known =
        findings
            .acknowledge(transaction, caller.tenant(), id, caller.actor(), reason)
            .orElseThrow(() -> unknown(Long.toString(id)));
    return new OncePerKey.Done(
        new GivenAnswer(200, null, null, JsonWriting.bytes(Found.of(known))),
        state(before),
        state(known));
  }

  private static State state(Finding finding) {
    State state =
        State.of("check", finding.difference().check()).and("row", finding.difference().row());
    finding
        .acknowledgement()
        .ifPresent(known -> state.and("known_to", known.by()).and("reason", known.reason()));
    return state;
  }

  private static OptionalLong number(String text) {
    try {
      long number = Long.parseLong(text);
      return number < 0 ? OptionalLong.empty() : OptionalLong.of(number);
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  private static ProblemException unknown(String id) {
    return new ProblemException(
        ProblemCode.UNKNOWN_FINDING, "no finding that is still so has the id " + id, "id");
  }
}
