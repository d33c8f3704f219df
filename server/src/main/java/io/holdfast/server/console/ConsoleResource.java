package io.holdfast.server.console;

import io.holdfast.server.identity.Open;
import io.holdfast.server.page.PageFiles;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;

/// The files of the console.
@Path(ConsoleResource.PATH)
@Open
public final class ConsoleResource {
  static final String PATH = "/console";

  private static final PageFiles FILES =
      new PageFiles(
          ConsoleResource.class,
          Set.of(
              "console.css",
              "console.js",
              "routes.js",
              "api.js",
              "dom.js",
              "audit.js",
              "catalogue.js",
              "money.js",
              "orders.js",
              "payments.js",
              "trail.js",
              "account.js",
              "elsewhere.js",
              "events.js",
              "webhooks.js",
              "files.js",
              "history.js",
              "choices.js"));

  @GET
  @NonBlocking
  @Operation(hidden = true)
  public Response page() {
    return FILES.index();
  }

  /// The same page, which asks whoever is not in to log in: an address for links and bookmarks.
  @GET
  @Path("/login")
  @NonBlocking
  @Operation(hidden = true)
  public Response login() {
    return FILES.index();
  }

  @GET
  @Path("/{name}")
  @NonBlocking
  @Operation(hidden = true)
  public Response asset(@PathParam("name") String name) {
    return FILES.asset(name);
  }
}
