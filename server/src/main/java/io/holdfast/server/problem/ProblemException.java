package io.holdfast.server.problem;

/// Ends a request with a problem, from wherever it is noticed.
public final class ProblemException extends RuntimeException {
  private final transient Problem problem;

  public ProblemException(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  public ProblemException(ProblemCode code, String detail) {
    this(Problem.of(code, detail));
  }

  /// About a parameter of the address.
  public ProblemException(ProblemCode code, String detail, String parameter) {
    this(Problem.of(code, detail).at(parameter));
  }

  public Problem problem() {
    return problem;
  }
}
