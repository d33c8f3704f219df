package io.holdfast.stock.archive;

import io.holdfast.stock.ArchiveSettings;
import io.holdfast.stock.StockArchiver;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.background.Lender;
import io.holdfast.stock.background.Rounds;
import io.holdfast.stock.background.Tour;
import io.holdfast.stock.store.Borrowed;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/// Goes through each tenant that has chosen anything and whose turn it is.
public final class Archiver implements Tour {
  private final ArchiveSettings settings;
  private final Rounds rounds;
  private final Lender lender;

  private Archiver(Rounds rounds, ArchiveSettings settings) {
    this.settings = settings;
    this.rounds = rounds;
    this.lender = rounds.lender();
  }

  public static StockArchiver start(DataSource database, ArchiveSettings settings) {
    Rounds rounds = new Rounds("archiver", database, settings, settings.observer()::failed);
    return rounds.start(new Archiver(rounds, settings))::run;
  }

  @Override
  public List<TenantId> begin() throws SQLException {
    try (Borrowed borrowed = lender.transaction()) {
      return Archives.tenants(borrowed.connection());
    }
  }

  @Override
  public void visit(TenantId tenant) throws SQLException {
    if (!isBegun(tenant)) {
      return;
    }
    long begun = System.nanoTime();
    TenantPass pass = new TenantPass(lender, settings, rounds.pace(), tenant);
    if (pass.run(why -> rounds.failed("go through all of " + tenant, why))) {
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      settings.observer().tenantArchived(tenant, pass.archived(), took);
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

  @Override
  public void end() {}
}
