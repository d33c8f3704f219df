package io.holdfast.server.transfer;

import io.holdfast.server.catalog.ItemRow;
import io.holdfast.server.identity.Caller;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.limit.LongAnswers;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;
import io.holdfast.stock.TenantId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.Variant;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Handle;

/// The routes of files that are given out: all that a tenant has of a kind, as an import reads it.
///
/// What is there is read as one snapshot, at the database's speed, into a file of this node's, and
/// sent from there at the client's: no transaction waits for a client.
@Path("/v1/exports")
@RunOnVirtualThread
@Produces({FileFormat.CSV_TYPE, FileFormat.JSONL_TYPE})
@Tag(name = "files", description = "Items, prices and stock as files")
public final class ExportsResource {
  private static final String DESCRIPTION =
      """
      With `Accept: application/x-ndjson` one object a line, otherwise CSV. In CSV a text that a
      spreadsheet would take for a formula has a `'` in front, which an import takes away again.""";

  private static final Duration MAX_TIME = Duration.ofMinutes(15);

  private static final List<Variant> FORMS =
      Variant.mediaTypes(FileFormat.CSV.type(), FileFormat.JSONL.type()).build();

  private final TenantScope tenants;
  private final ExportPlaces places = new ExportPlaces();

  ExportsResource(TenantScope tenants) {
    this.tenants = tenants;
  }

  /// Writes all rows of a kind.
  @FunctionalInterface
  private interface Rows {
    void write(Handle handle, TenantId tenant, FileRows file);
  }

  @GET
  @Path("/items")
  @Operation(
      operationId = "exportItems",
      summary = "All items, those that are archived among them",
      description = DESCRIPTION,
      extensions = @Extension(name = "x-problem-codes", value = "too_many_exports"))
  @APIResponse(
      responseCode = "200",
      description = "OK",
      content = {
        @Content(mediaType = FileFormat.CSV_TYPE, schema = @Schema(type = SchemaType.STRING)),
        @Content(mediaType = FileFormat.JSONL_TYPE, schema = @Schema(type = SchemaType.STRING))
      })
  public Response items(
      @Context Request request, @Context HttpServerRequest http, @Context SecurityContext security)
      throws IOException {
    return export(
        ImportKind.ITEMS,
        request,
        http,
        security,
        (handle, tenant, file) -> ItemRow.readAll(handle, tenant, file::item));
  }

  @GET
  @Path("/prices")
  @Operation(
      operationId = "exportPrices",
      summary = "The prices of all items",
      description = DESCRIPTION,
      extensions = @Extension(name = "x-problem-codes", value = "too_many_exports"))
  @APIResponse(
      responseCode = "200",
      description = "OK",
      content = {
        @Content(mediaType = FileFormat.CSV_TYPE, schema = @Schema(type = SchemaType.STRING)),
        @Content(mediaType = FileFormat.JSONL_TYPE, schema = @Schema(type = SchemaType.STRING))
      })
  public Response prices(
      @Context Request request, @Context HttpServerRequest http, @Context SecurityContext security)
      throws IOException {
    return export(
        ImportKind.PRICES,
        request,
        http,
        security,
        (handle, tenant, file) -> ItemRow.readAll(handle, tenant, file::price));
  }

  @GET
  @Path("/stock")
  @Operation(
      operationId = "exportStock",
      summary = "All levels, by item and location",
      description = DESCRIPTION,
      extensions = @Extension(name = "x-problem-codes", value = "too_many_exports"))
  @APIResponse(
      responseCode = "200",
      description = "OK",
      content = {
        @Content(mediaType = FileFormat.CSV_TYPE, schema = @Schema(type = SchemaType.STRING)),
        @Content(mediaType = FileFormat.JSONL_TYPE, schema = @Schema(type = SchemaType.STRING))
      })
  public Response stock(
      @Context Request request, @Context HttpServerRequest http, @Context SecurityContext security)
      throws IOException {
    return export(
        ImportKind.STOCK,
        request,
        http,
        security,
        (handle, tenant, file) -> StockLevels.readAll(handle, tenant, file::level));
  }

  private Response export(
      ImportKind kind, Request request, HttpServerRequest http, SecurityContext security, Rows rows)
      throws IOException {
    TenantId tenant = Caller.of(security).tenant();
    FileFormat format = format(request);
    if (request.getMethod().equals(HttpMethod.HEAD)) {
      return headed(kind, format, Response.ok()).build();
    }
    if (!places.take(tenant)) {
      throw new ProblemException(
          ProblemCode.TOO_MANY_EXPORTS,
          "it has " + ExportPlaces.MAX_OF_TENANT + " on this node, or the node has too many");
    }
    boolean isBegun = false;
    try {
      LongAnswers.begin();
      Spool spool = written(kind, format, tenant, rows);
      isBegun = true;
      return headed(kind, format, Response.ok(sending(spool, tenant, http)))
          .header(HttpHeaders.CONTENT_LENGTH, spool.size())
          .build();
    } finally {
      if (!isBegun) {
        places.leave(tenant);
      }
    }
  }

  private static FileFormat format(Request request) {
    Variant form = request.selectVariant(FORMS);
    return form != null && form.getMediaType().isCompatible(FileFormat.JSONL.type())
        ? FileFormat.JSONL
        : FileFormat.CSV;
  }

  private static Response.ResponseBuilder headed(
      ImportKind kind, FileFormat format, Response.ResponseBuilder response) {
    String suffix = format == FileFormat.CSV ? ".csv" : ".jsonl";
    return response
        .type(format.type().withCharset("utf-8"))
        .header("Content-Disposition", "attachment; filename=\"" + kind.code() + suffix + "\"")
        .header(HttpHeaders.CACHE_CONTROL, "no-store");
  }

  /// One statement sees one snapshot.
  private Spool written(ImportKind kind, FileFormat format, TenantId tenant, Rows rows)
      throws IOException {
    Spool spool = Spool.open();
    boolean isWritten = false;
    try {
      // Closed with the spool, and not before.
      OutputStream out = spool.writing();
      FileRows file = new FileRows(kind, format, out);
      tenants.inTransaction(
          tenant,
          handle -> {
            rows.write(handle, tenant, file);
            return true;
          });
      out.flush();
      isWritten = true;
      return spool;
    } finally {
      if (!isWritten) {
        spool.close();
      }
    }
  }

  private StreamingOutput sending(Spool spool, TenantId tenant, HttpServerRequest http) {
    return out -> {
      try (spool) {
        spool.sendTo(out, MAX_TIME, System::nanoTime);
      } catch (IOException | RuntimeException e) {
        // The framework may end an answer in order whose writer has thrown.
        http.response().reset();
        throw e;
      } finally {
        places.leave(tenant);
      }
    };
  }
}
