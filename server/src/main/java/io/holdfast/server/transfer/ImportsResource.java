package io.holdfast.server.transfer;

import io.holdfast.server.identity.Caller;
import io.holdfast.server.identity.RequestKey;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.json.AddressParameters;
import io.holdfast.server.json.InvalidMember;
import io.holdfast.server.json.JsonBody;
import io.holdfast.server.json.JsonResponses;
import io.holdfast.server.json.JsonWriting;
import io.holdfast.server.limit.LongAnswers;
import io.holdfast.server.once.GivenAnswer;
import io.holdfast.server.once.OncePerKey;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;
import io.holdfast.server.transfer.Imports.Step;
import io.holdfast.stock.TenantId;
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
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Handle;

/// The routes of files that are brought in.
@Path("/v1/imports")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "files", description = "Items, prices and stock as files")
public final class ImportsResource {
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 1_000;

  private final TenantScope tenants;
  private final OncePerKey once;
  private final Uploads uploads;

  ImportsResource(TenantScope tenants, OncePerKey once, Uploads uploads) {
    this.tenants = tenants;
    this.once = once;
    this.uploads = uploads;
  }

  @POST
  @Operation(
      operationId = "createImport",
      summary = "Brings in a file of items, prices or stock",
      description =
          """
          The file is taken as it comes, at most 64 MiB and a million lines, and worked on when all
          of it is there; `lines` of the import tells how far that is. A machine that signs its
          requests sends at most 1 MiB.""",
      extensions =
          @Extension(
              name = "x-problem-codes",
              value = "unreadable_file too_many_imports import_ended key_reused"))
  @Parameter(
      name = "kind",
      in = ParameterIn.QUERY,
      required = true,
      schema = @Schema(enumeration = {"items", "prices", "stock"}))
  @Parameter(
      name = "dry_run",
      in = ParameterIn.QUERY,
      description = "whether to say what would come of it, and no more",
      schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
  @Parameter(
      name = "on_error",
      in = ParameterIn.QUERY,
      description = "what becomes of the other lines when one is bad: none is applied, or all are",
      schema =
          @Schema(
              enumeration = {"abort", "skip"},
              defaultValue = "abort"))
  @RequestBody(
      required = true,
      content = {
        @Content(mediaType = FileFormat.CSV_TYPE, schema = @Schema(type = SchemaType.STRING)),
        @Content(mediaType = FileFormat.JSONL_TYPE, schema = @Schema(type = SchemaType.STRING))
      })
  @APIResponseSchema(value = ImportBodies.Import.class, responseCode = "202")
  public Response create(
      InputStream body,
      @Context UriInfo address,
      @Context HttpHeaders headers,
      @Context SecurityContext security)
      throws SQLException {
    Caller caller = Caller.of(security);
    AddressParameters parameters =
        new AddressParameters(address, Set.of("kind", "dry_run", "on_error"));
    ImportOrder order =
        new ImportOrder(
            known(parameters, "kind", "", ImportKind::ofCode),
            FileFormat.of(headers),
            parameters.flag("dry_run"),
            known(parameters, "on_error", "abort", OnError::ofCode));
    order.kind().operations().forEach(operation -> caller.requireMay(operation, "kind"));
    // It lasts as long as the sender takes.
    LongAnswers.begin();
    return uploads.take(caller, order, body, RequestKey.of(headers));
  }

  private static <T> T known(
      AddressParameters parameters, String name, String otherwise, Function<String, T> type) {
    String given = parameters.text(name);
    try {
      return type.apply(given == null ? otherwise : given);
    } catch (IllegalArgumentException e) {
      throw new InvalidMember(name, String.valueOf(e.getMessage()));
    }
  }

  @GET
  @Operation(operationId = "listImports", summary = "Imports, the newest first")
  @Parameter(
      name = "limit",
      in = ParameterIn.QUERY,
      schema =
          @Schema(
              type = SchemaType.INTEGER,
              minimum = "1",
              maximum = "" + MAX_LIMIT,
              defaultValue = "" + DEFAULT_LIMIT))
  @Parameter(
      name = "after",
      in = ParameterIn.QUERY,
      description = "`next` of the page before",
      schema = @Schema(type = SchemaType.INTEGER, format = "int64", minimum = "1"))
  @APIResponseSchema(value = ImportBodies.Page.class, responseCode = "200")
  public Response list(@Context UriInfo address, @Context SecurityContext security) {
    TenantId tenant = Caller.of(security).tenant();
    AddressParameters parameters = new AddressParameters(address, Set.of("limit", "after"));
    int limit = parameters.limit(DEFAULT_LIMIT, MAX_LIMIT);
    Long after = parameters.whole("after", 1, Long.MAX_VALUE);
    long before = after == null ? Long.MAX_VALUE : after;
    List<StoredImport> found =
        tenants.inTransaction(tenant, handle -> Imports.list(handle, tenant, before, limit + 1));
    return JsonResponses.of(200, ImportBodies.Page.of(found, limit)).build();
  }

  @GET
  @Path("/{import}")
  @Operation(
      operationId = "getImport",
      summary = "One import: where it is, and what became of its lines",
      extensions = @Extension(name = "x-problem-codes", value = "unknown_import"))
  @APIResponseSchema(value = ImportBodies.Import.class, responseCode = "200")
  public Response get(@PathParam("import") String name, @Context SecurityContext security) {
    TenantId tenant = Caller.of(security).tenant();
    long id = id(name);
    StoredImport found = tenants.inTransaction(tenant, handle -> find(handle, tenant, id));
    return JsonResponses.of(200, ImportBodies.Import.of(found)).build();
  }

  @GET
  @Path("/{import}/errors")
  @Operation(
      operationId = "listImportErrors",
      summary = "Which of its lines have no effect, and why",
      description = "Of an import with more than 10,000, the first that were found.",
      extensions = @Extension(name = "x-problem-codes", value = "unknown_import"))
  @Parameter(
      name = "limit",
      in = ParameterIn.QUERY,
      schema =
          @Schema(
              type = SchemaType.INTEGER,
              minimum = "1",
              maximum = "" + MAX_LIMIT,
              defaultValue = "" + DEFAULT_LIMIT))
  @Parameter(
      name = "after",
      in = ParameterIn.QUERY,
      description = "`next` of the page before",
      schema = @Schema(type = SchemaType.INTEGER, format = "int64", minimum = "0"))
  @APIResponseSchema(value = ImportBodies.Faults.class, responseCode = "200")
  public Response errors(
      @PathParam("import") String name,
      @Context UriInfo address,
      @Context SecurityContext security) {
    TenantId tenant = Caller.of(security).tenant();
    long id = id(name);
    AddressParameters parameters = new AddressParameters(address, Set.of("limit", "after"));
    int limit = parameters.limit(DEFAULT_LIMIT, MAX_LIMIT);
    Long after = parameters.whole("after", 0, Long.MAX_VALUE);
    List<LineFault> found =
        tenants.inTransaction(
            tenant,
            handle -> {
              find(handle, tenant, id);
              return ImportErrors.read(handle, tenant, id, after == null ? 0 : after, limit + 1);
            });
    return JsonResponses.of(200, ImportBodies.Faults.of(found, limit)).build();
  }

  @POST
  @Path("/{import}/cancel")
  @Operation(
      operationId = "cancelImport",
      summary = "Ends an import; what was applied by then stays",
      extensions =
          @Extension(name = "x-problem-codes", value = "unknown_import import_ended key_reused"))
  @APIResponseSchema(value = ImportBodies.Import.class, responseCode = "200")
  public Response cancel(
      @PathParam("import") String name,
      byte[] body,
      @Context HttpHeaders headers,
      @Context SecurityContext security)
      throws SQLException {
    JsonBody.none(body, headers);
    Caller caller = Caller.of(security);
    long id = id(name);
    return once.answer(
        new OncePerKey.Asked(
            caller, "cancel-import", name, RequestKey.of(headers), ImportBodies.subject(id)),
        handle -> cancelled(handle, caller.tenant(), id));
  }

  private static OncePerKey.Done cancelled(Handle handle, TenantId tenant, long id) {
    StoredImport before =
        Imports.lock(handle, tenant, id).orElseThrow(() -> unknown(Long.toString(id)));
    if (before.state().isOver() || before.state() == ImportState.FINISHING) {
      throw new ProblemException(
          ProblemCode.IMPORT_ENDED, "import " + id + " is " + before.state().code());
    }
    Imports.move(handle, before, Step.to(ImportState.CANCELLED, before.counts(), before.readTo()));
    StoredImport after = Imports.find(handle, tenant, id).orElseThrow();
    return new OncePerKey.Done(
        new GivenAnswer(200, null, null, bytes(after)),
        ImportBodies.told(before, before.state(), before.counts()),
        ImportBodies.told(after, after.state(), after.counts()));
  }

  private static byte[] bytes(StoredImport stored) {
    return JsonWriting.bytes(ImportBodies.Import.of(stored));
  }

  private static StoredImport find(Handle handle, TenantId tenant, long id) {
    return Imports.find(handle, tenant, id).orElseThrow(() -> unknown(Long.toString(id)));
  }

  private static long id(String name) {
    if (!name.matches("[1-9]\\d{0,17}")) {
      throw unknown(name);
    }
    return Long.parseLong(name);
  }

  private static ProblemException unknown(String name) {
    return new ProblemException(ProblemCode.UNKNOWN_IMPORT, "there is no import " + name);
  }
}
