package io.holdfast.server.event;

import io.holdfast.server.identity.Caller;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.json.AddressParameters;
import io.holdfast.server.json.InvalidMember;
import io.holdfast.server.json.JsonResponses;
import io.holdfast.server.limit.LongAnswers;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;
import io.holdfast.server.request.Drain;
import io.holdfast.stock.TenantId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The routes of events, page by page and as a stream.
@Path("/v1/events")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "events", description = "What has happened, in the order in which it happened")
public final class EventsResource {
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 500;
  private static final int MAX_STREAMS = 50;

  private final TenantScope tenants;
  private final Arrivals arrivals;
  private final Drain drain;

  EventsResource(TenantScope tenants, Arrivals arrivals, Drain drain) {
    this.tenants = tenants;
    this.arrivals = arrivals;
    this.drain = drain;
  }

  /// @param next what `after` asks for to go on; everything up to there was looked at
  @Schema(name = "EventPage")
  record Page(List<CloudEvent> events, String next) {}

  @GET
  @Operation(
      operationId = "listEvents",
      summary = "Events, the oldest first",
      extensions = @Extension(name = "x-problem-codes", value = "events_gone"))
  @Parameter(
      name = "after",
      in = ParameterIn.QUERY,
      description = "`next` of the page before, or any position; left out: from the oldest on",
      schema = @Schema(type = SchemaType.INTEGER, format = "int64", minimum = "0"))
  @Parameter(
      name = "types",
      in = ParameterIn.QUERY,
      description = "with commas between them; `order.*` is all of a kind",
      schema = @Schema(type = SchemaType.STRING, examples = "order.*,stock.changed"))
  @Parameter(
      name = "limit",
      in = ParameterIn.QUERY,
      schema =
          @Schema(
              type = SchemaType.INTEGER,
              minimum = "1",
              maximum = "" + MAX_LIMIT,
              defaultValue = "" + DEFAULT_LIMIT))
  @APIResponseSchema(value = Page.class, responseCode = "200")
  public Response list(@Context UriInfo address, @Context SecurityContext security) {
    TenantId tenant = Caller.of(security).tenant();
    AddressParameters parameters =
        new AddressParameters(address, Set.of("after", "types", "limit"));
    Long after = parameters.whole("after", 0, Long.MAX_VALUE);
    TypeFilter types = types(parameters);
    int limit = parameters.limit(DEFAULT_LIMIT, MAX_LIMIT);
    Page page =
        tenants.inTransaction(
            tenant,
            handle -> {
              String source = Feed.source(handle, tenant);
              long from = after == null ? Feed.beginning(handle, tenant) : after;
              Feed.Page found = read(handle, tenant, from, types, limit);
              return new Page(
                  found.events().stream().map(event -> event.of(source)).toList(),
                  Long.toString(found.next()));
            });
    return JsonResponses.of(200, page).build();
  }

  @GET
  @Path("/stream")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(
      operationId = "streamEvents",
      summary = "Events as they are published, as server-sent events",
      description = "It ends after a minute; the client comes again with `Last-Event-ID`.",
      extensions = @Extension(name = "x-problem-codes", value = "events_gone too_many_streams"))
  @Parameter(
      name = "after",
      in = ParameterIn.QUERY,
      description = "a position to begin behind; left out: the newest",
      schema = @Schema(type = SchemaType.INTEGER, format = "int64", minimum = "0"))
  @Parameter(
      name = "types",
      in = ParameterIn.QUERY,
      description = "with commas between them; `order.*` is all of a kind",
      schema = @Schema(type = SchemaType.STRING, examples = "order.*,stock.changed"))
  @APIResponse(
      responseCode = "200",
      description = "Each `data` is one CloudEvent, its `id` the position",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(type = SchemaType.STRING)))
  public void stream(
      @Context UriInfo address,
      @Context HttpHeaders headers,
      @Context SecurityContext security,
      @Context SseEventSink sink,
      @Context Sse sse) {
    TenantId tenant = Caller.of(security).tenant();
    AddressParameters parameters = new AddressParameters(address, Set.of("after", "types"));
    Long asked = lastSeen(headers);
    Long after = asked == null ? parameters.whole("after", 0, Long.MAX_VALUE) : asked;
    TypeFilter types = types(parameters);
    if (!arrivals.begin(tenant, MAX_STREAMS)) {
      throw new ProblemException(
          ProblemCode.TOO_MANY_STREAMS, "it has " + MAX_STREAMS + " on this node");
    }
    try {
      Beginning beginning =
          tenants.inTransaction(tenant, handle -> beginning(handle, tenant, after));
      LongAnswers.begin();
      // Whatever is wrong was said by now: an end of the sink is an end of the answer.
      try (sink) {
        var told = new EventStream.Asked(tenant, beginning.source(), types);
        new EventStream(tenants, arrivals, drain, told).tell(beginning.position(), sink, sse);
      }
    } finally {
      arrivals.end(tenant);
    }
  }

  private record Beginning(long position, String source) {}

  /// Looks whether what is asked for is still there, while that can be said.
  private static Beginning beginning(Handle handle, TenantId tenant, @Nullable Long after) {
    String source = Feed.source(handle, tenant);
    if (after == null) {
      return new Beginning(Feed.last(handle, tenant), source);
    }
    try {
      Feed.require(handle, tenant, after);
    } catch (Feed.Gone gone) {
      throw gone.asProblem(after);
    }
    return new Beginning(after, source);
  }

  private static Feed.Page read(
      Handle handle, TenantId tenant, long after, TypeFilter types, int limit) {
    try {
      return Feed.read(handle, tenant, after, types, limit);
    } catch (Feed.Gone gone) {
      throw gone.asProblem(after);
    }
  }

  private static TypeFilter types(AddressParameters parameters) {
    String text = parameters.text("types");
    try {
      return text == null ? TypeFilter.ALL : TypeFilter.parse(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidMember("types", String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable Long lastSeen(HttpHeaders headers) {
    List<String> given = headers.getRequestHeader("Last-Event-ID");
    if (given == null || given.isEmpty()) {
      return null;
    }
    try {
      long position = Long.parseLong(given.getFirst());
      if (given.size() == 1 && position >= 0) {
        return position;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new InvalidMember("Last-Event-ID", "must be the id of an event");
  }
}
