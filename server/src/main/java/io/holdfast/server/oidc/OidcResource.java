package io.holdfast.server.oidc;

import io.holdfast.server.identity.Open;
import io.holdfast.server.identity.SessionCookie;
import io.holdfast.server.identity.SessionCookies;
import io.holdfast.server.json.JsonResponses;
import io.holdfast.server.origin.RequestOrigin;
import io.holdfast.server.problem.OutageLog;
import io.holdfast.server.problem.Problem;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.logging.Logger;

/// The routes of a login at a provider. A browser asks for them, so what goes wrong is told as a
/// page.
@Path(OidcResource.PATH)
@Open
@RunOnVirtualThread
public final class OidcResource {
  static final String PATH = "/console/oidc";
  static final String CALLBACK = "/callback";

  private static final OutageLog OUTAGES =
      new OutageLog(Logger.getLogger(OidcResource.class), System::nanoTime);

  private final OidcLogins logins;
  private final OidcMetrics metrics;
  private final Providers providers;
  private final SessionCookies sessions;

  OidcResource(
      OidcLogins logins, OidcMetrics metrics, Providers providers, SessionCookies sessions) {
    this.logins = logins;
    this.metrics = metrics;
    this.providers = providers;
    this.sessions = sessions;
  }

  @GET
  @Path("/{tenant}")
  @Operation(hidden = true, operationId = "beginOidcLogin")
  public Response begin(@PathParam("tenant") String tenant) {
    return answered(
        tenant,
        () -> {
          OidcLogins.Sent sent = logins.begin(tenant);
          return Response.status(Response.Status.SEE_OTHER)
              .header("Location", sent.address().toString())
              .cookie(cookie(sent.cookie(), (int) PendingLogin.LIFE.toSeconds()))
              .build();
        });
  }

  /// For the button of the login page, which has no other way to know.
  @GET
  @Path("/{tenant}/provider")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(hidden = true)
  public Response provider(@PathParam("tenant") String tenant) {
    Named named = providers.nameFor(tenant).map(Named::new).orElseThrow(NotFoundException::new);
    return JsonResponses.of(200, named).build();
  }

  /// @param name what people know the provider by
  record Named(String name) {}

  @GET
  @Path("/{tenant}" + CALLBACK)
  @Operation(hidden = true, operationId = "endOidcLogin")
  public Response end(
      @PathParam("tenant") String tenant, @Context UriInfo asked, @Context HttpHeaders headers) {
    return answered(
        tenant,
        () -> {
          Cookie kept = headers.getCookies().get(cookieName());
          Returned returned =
              new Returned(kept == null ? null : kept.getValue(), asked.getQueryParameters());
          SessionCookie session = logins.end(tenant, returned, RequestOrigin.ofRequest().address());
          metrics.letIn();
          return Response.status(Response.Status.SEE_OTHER)
              .header("Location", providers.address().console())
              .cookie(cookie("", 0))
              .header("Set-Cookie", sessions.set(session))
              .build();
        });
  }

  private Response answered(String tenant, Supplier<Response> work) {
    try {
      return work.get();
    } catch (ProblemException e) {
      Problem problem = e.problem();
      metrics.ended(problem.code());
      if (isProviders(problem)) {
        OUTAGES.tell("The login's provider of " + tenant, e);
      }
      return OidcPage.of(problem);
    }
  }

  private static boolean isProviders(Problem problem) {
    return problem.code().equals(ProblemCode.PROVIDER_UNUSABLE.code())
        || problem.code().equals(ProblemCode.PROVIDER_UNREACHABLE.code());
  }

  /// What a browser takes under this name comes from this host, by TLS, and from no neighbour.
  private String cookieName() {
    return sessions.isSecure() ? "__Host-holdfast-login" : "holdfast-login";
  }

  /// It is sent along when a provider sends the browser back, and with nothing else of other sites.
  private NewCookie cookie(String value, int lifeSeconds) {
    return new NewCookie.Builder(cookieName())
        .value(value)
        .path("/")
        .httpOnly(true)
        .secure(sessions.isSecure())
        .sameSite(NewCookie.SameSite.LAX)
        .maxAge(lifeSeconds)
        .build();
  }
}
