package io.holdfast.stock.archive;

import io.holdfast.stock.ArchiveSettings;
import io.holdfast.stock.StockArchiver;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.background.Lender;
import io.holdfast.stock.background.Pace;
import io.holdfast.stock.store.Borrowed;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/// Round after round: each tenant that has chosen anything and whose turn it is. What can't be done
/// now, because the database is away or a row is held, is left to the next round.
public final class Archiver implements StockArchiver {
  private static final System.Logger LOG = System.getLogger(Archiver.class.getName());

  /// How long a step may take to end by itself when the archiver is closed.
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final ArchiveSettings settings;
  private final Lender lender;
  private final Pace pace;
  private final Thread thread;

  public Archiver(DataSource database, ArchiveSettings settings) {
    this.settings = settings;
    this.lender = new Lender(database, settings.statementTimeout());
    this.pace = new Pace(settings.busyPercent());
    this.thread = Thread.ofPlatform().daemon().name("holdfast-archiver").start(this::run);
  }

  private void run() {
    do {
      try {
        round();
      } catch (SQLException | RuntimeException e) {
        failed("could not begin to archive, will try again", e);
      }
    } while (pace.rest(settings.interval().toNanos()));
  }

  private void round() throws SQLException {
    for (TenantId tenant : tenants()) {
      try {
        archive(tenant);
      } catch (SQLException | RuntimeException e) {
        failed("could not archive of " + tenant + ", will try again", e);
      }
      if (!pace.rest(0)) {
        return;
      }
    }
  }

  private List<TenantId> tenants() throws SQLException {
    try (Borrowed borrowed = lender.transaction()) {
      return Archives.tenants(borrowed.connection());
    }
  }

  private void archive(TenantId tenant) throws SQLException {
    if (!isBegun(tenant)) {
      return;
    }
    long begun = System.nanoTime();
    TenantPass pass = new TenantPass(lender, settings, pace, tenant);
    String what = "could not archive all of " + tenant + ", will try again";
    if (pass.run(why -> failed(what, why))) {
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      quietly(() -> settings.observer().tenantArchived(tenant, pass.archived(), took));
    }
  }

  private boolean isBegun(TenantId tenant) throws SQLException {
    try (Borrowed borrowed = lender.transaction(tenant)) {
      Connection connection = borrowed.connection();
      boolean isBegun = Archives.begin(connection, tenant, settings.interval());
      connection.commit();
      return isBegun;
    }
  }

  /// One line each time: while the database is away this comes every round.
  private void failed(String what, Exception why) {
    if (pace.rest(0)) {
      LOG.log(System.Logger.Level.WARNING, what + ": " + why);
      quietly(() -> settings.observer().failed(why));
    }
    LOG.log(System.Logger.Level.DEBUG, what, why);
  }

  private static void quietly(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.WARNING, "the observer of the archiver threw", e);
    }
  }

  @Override
  public void close() {
    pace.stop();
    lender.awaitEnd(thread, PATIENCE);
  }
}
