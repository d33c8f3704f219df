package io.holdfast.server.limit;

import io.vertx.core.Context;
import io.vertx.core.Vertx;

/// Answers that take long because there is nothing to say yet. What a tenant may have of them is
/// for whoever gives them to limit.
public final class LongAnswers {
  private static final String LOCAL = LongAnswers.class.getName();

  private LongAnswers() {}

  /// Keeps what ends the turn of the request that is about to go on here.
  static void mayBegin(Runnable end) {
    Context context = Vertx.currentContext();
    if (context != null) {
      context.putLocal(LOCAL, end);
    }
  }

  /// The request that this is called in does not count as being worked on any more.
  public static void begin() {
    Context context = Vertx.currentContext();
    if (context != null && context.getLocal(LOCAL) instanceof Runnable end) {
      end.run();
    }
  }
}
