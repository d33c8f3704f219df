package io.holdfast.server.trail;

import io.holdfast.server.identity.Caller;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.json.JsonResponses;
import io.holdfast.stock.TenantId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The route of the trail.
@Path("/v1/audit/entries")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "audit", description = "What was found to be other than the ledger says")
public final class TrailResource {
  private final TenantScope tenants;

  TrailResource(TenantScope tenants) {
    this.tenants = tenants;
  }

  @GET
  @Operation(
      operationId = "listTrail",
      summary = "Who changed what, and who was refused for lack of rights; the newest first",
      description =
          "What moves stock is told by its movements. A change is here when its request is"
              + " answered, a refusal some seconds later.")
  @Parameter(
      name = "limit",
      in = ParameterIn.QUERY,
      schema =
          @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "1000", defaultValue = "100"))
  @Parameter(
      name = "after",
      in = ParameterIn.QUERY,
      description = "`next` of the page before",
      schema = @Schema(type = SchemaType.STRING))
  @Parameter(
      name = "from",
      in = ParameterIn.QUERY,
      description = "the first instant that is meant",
      schema = @Schema(type = SchemaType.STRING, format = "date-time"))
  @Parameter(
      name = "to",
      in = ParameterIn.QUERY,
      description = "the first instant that is not meant any more",
      schema = @Schema(type = SchemaType.STRING, format = "date-time"))
  @Parameter(
      name = "actor",
      in = ParameterIn.QUERY,
      description = "like `api-key 3`",
      schema = @Schema(type = SchemaType.STRING))
  @Parameter(
      name = "operation",
      in = ParameterIn.QUERY,
      description = "like `setPolicy`",
      schema = @Schema(type = SchemaType.STRING))
  @Parameter(
      name = "kind",
      in = ParameterIn.QUERY,
      description = "of the subject, like `item`",
      schema = @Schema(type = SchemaType.STRING))
  @Parameter(
      name = "subject",
      in = ParameterIn.QUERY,
      description = "its name",
      schema = @Schema(type = SchemaType.STRING))
  @Parameter(
      name = "request_id",
      in = ParameterIn.QUERY,
      description = "the `X-Request-Id` of the answer",
      schema = @Schema(type = SchemaType.STRING))
  @Parameter(
      name = "outcome",
      in = ParameterIn.QUERY,
      schema =
          @Schema(
              type = SchemaType.STRING,
              enumeration = {"done", "forbidden"}))
  @APIResponseSchema(value = TrailBodies.Page.class, responseCode = "200")
  public Response list(@Context UriInfo address, @Context SecurityContext security) {
    TenantId tenant = Caller.of(security).tenant();
    TrailParameters asked = new TrailParameters(address);
    int most = asked.limit();
    EntryQuery query = asked.query();
    List<Entries.Found> found =
        tenants.inTransaction(tenant, handle -> Entries.search(handle, tenant, query, most + 1));
    return JsonResponses.of(200, TrailBodies.Page.of(found, most)).build();
  }
}
