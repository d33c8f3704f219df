package io.holdfast.server.demo;

import io.holdfast.server.problem.ProblemResponses;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/// Holds what [OpenDemonstration] says.
@Provider
@NonBlocking
@OpenDemonstration
public final class OpenDemonstrationFilter implements ContainerRequestFilter {
  private final Demonstration demonstration;

  OpenDemonstrationFilter(Demonstration demonstration) {
    this.demonstration = demonstration;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    if (!demonstration.isOpen()) {
      request.abortWith(ProblemResponses.of(DemoRoutes.closed()));
    }
  }
}
