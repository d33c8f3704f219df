package io.holdfast.server.problem;

import io.holdfast.server.json.InvalidMember;
import io.holdfast.stock.StockFailure;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// Answers for whatever a resource throws.
final class ResourceProblems {

  @ServerExceptionMapper
  Response problem(ProblemException e) {
    return ProblemResponses.of(e.problem());
  }

  @ServerExceptionMapper
  Response invalid(InvalidMember e) {
    return ProblemResponses.of(Problem.invalid(e));
  }

  @ServerExceptionMapper
  Response failure(StockFailure e) {
    return ProblemResponses.of(ExceptionProblems.of(e));
  }

  @ServerExceptionMapper
  Response framework(WebApplicationException e) {
    return e.getResponse().getStatus() < 400
        ? e.getResponse()
        : ProblemResponses.of(ExceptionProblems.of(e));
  }

  @ServerExceptionMapper
  Response unforeseen(Throwable e) {
    return ProblemResponses.of(ExceptionProblems.of(e));
  }
}
