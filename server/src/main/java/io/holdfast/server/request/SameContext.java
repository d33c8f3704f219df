package io.holdfast.server.request;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Goes on in the context of the request that made it, wherever an answer came from: what comes
/// after belongs to that context's thread, and the thread that answered has more to do.
public final class SameContext implements Executor {
  private final @Nullable Context context = Vertx.currentContext();

  @Override
  public void execute(Runnable next) {
    if (context == null || context.equals(Vertx.currentContext())) {
      next.run();
    } else {
      context.runOnContext(_ -> next.run());
    }
  }
}
