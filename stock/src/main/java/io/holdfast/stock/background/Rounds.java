package io.holdfast.stock.background;

import io.holdfast.stock.BackgroundSettings;
import io.holdfast.stock.TenantId;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import javax.sql.DataSource;

/// A thread in the background that goes round the tenants, again and again. What can't be done now,
/// because the database is away or a row is held, is left to the next round.
public final class Rounds {
  private static final System.Logger LOG = System.getLogger(Rounds.class.getName());

  /// How long a step may take to end by itself when the thread is to stop.
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final String name;
  private final Duration interval;
  private final Consumer<Exception> failures;
  private final Lender lender;
  private final Pace pace;

  /// @param name of whoever goes round
  /// @param failures told of what is left to the next round; throws nothing
  public Rounds(
      String name, DataSource database, BackgroundSettings settings, Consumer<Exception> failures) {
    this.name = name;
    this.interval = settings.interval();
    this.failures = failures;
    this.lender = new Lender(database, settings.statementTimeout());
    this.pace = new Pace(settings.busyPercent());
  }

  public Lender lender() {
    return lender;
  }

  public Pace pace() {
    return pace;
  }

  /// Begins. Answers what ends it: it returns when the step that is being done has ended, and takes
  /// its connection away from one that takes long.
  public Runnable start(Tour tour) {
    Thread thread = Thread.ofPlatform().daemon().name("holdfast-" + name).start(() -> run(tour));
    return () -> {
      pace.stop();
      lender.awaitEnd(thread, PATIENCE);
    };
  }

  private void run(Tour tour) {
    do {
      try {
        round(tour);
      } catch (SQLException | RuntimeException e) {
        failed("begin or end a round", e);
      }
    } while (pace.rest(interval.toNanos()));
  }

  private void round(Tour tour) throws SQLException {
    for (TenantId tenant : tour.begin()) {
      try {
        tour.visit(tenant);
      } catch (SQLException | RuntimeException e) {
        failed("go through " + tenant, e);
      }
      if (!pace.rest(0)) {
        return;
      }
    }
    tour.end();
  }

  /// One line each time: while the database is away this comes every round.
  ///
  /// @param what could not be done
  public void failed(String what, Exception why) {
    if (pace.rest(0)) {
      LOG.log(
          System.Logger.Level.WARNING,
          "The " + name + " could not " + what + ", and will try again: " + why);
      failures.accept(why);
    }
    LOG.log(System.Logger.Level.DEBUG, "what the " + name + " could not do", why);
  }
}
