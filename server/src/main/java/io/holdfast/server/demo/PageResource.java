package io.holdfast.server.demo;

import io.holdfast.server.identity.Open;
import io.holdfast.server.json.JsonBody;
import io.holdfast.server.json.JsonMembers;
import io.holdfast.server.json.JsonResponses;
import io.holdfast.server.page.PageFiles;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestStreamElementType;

/// The newcomer's page, and what it asks for.
@Path("/")
@Open
@OpenDemonstration
public final class PageResource {
  private static final int MAX_BUYERS = 10_000;
  private static final PageFiles FILES =
      new PageFiles(PageResource.class, Set.of("page.css", "page.js", "chart.js"));

  private final LiveStock live;
  private final Crowd crowd;

  PageResource(LiveStock live, Crowd crowd) {
    this.live = live;
    this.crowd = crowd;
  }

  @GET
  @NonBlocking
  @Operation(hidden = true)
  public Response page() {
    return FILES.index();
  }

  @GET
  @Path("/assets/{name}")
  @NonBlocking
  @Operation(hidden = true)
  public Response asset(@PathParam("name") String name) {
    return FILES.asset(name);
  }

  @GET
  @Path("/demo/stream")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RestStreamElementType(MediaType.TEXT_PLAIN)
  @Operation(hidden = true)
  public Multi<String> stream() {
    return live.ticks();
  }

  @POST
  @Path("/demo/buyers")
  @NonBlocking
  @Operation(hidden = true)
  public Response letLoose(byte[] body, @Context HttpHeaders headers) {
    JsonMembers members = JsonBody.of(body, headers).only("buyers");
    int buyers = (int) members.whole("buyers", 1, MAX_BUYERS);
    return JsonResponses.of(202, crowd.letLoose(buyers)).build();
  }
}
