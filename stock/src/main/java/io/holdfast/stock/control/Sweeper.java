package io.holdfast.stock.control;

import io.holdfast.stock.Actor;
import io.holdfast.stock.Answer;
import io.holdfast.stock.Attachment;
import io.holdfast.stock.Call;
import io.holdfast.stock.Command;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.store.Borrowed;
import io.holdfast.stock.store.DueReservations;
import io.holdfast.stock.store.DueReservations.Due;
import io.holdfast.stock.store.TransactionLimits;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/// Finds reservations whose time is up and asks the engine to expire them, like any other command:
/// in the lane, decided afresh by the database's clock. Every node sweeps, so none is needed; one
/// that comes second is refused and changes nothing.
///
/// **Who waits for whom.** Each tenant is swept on its own, page after page of what is due the
/// longest, so a tenant whose lane is slow or whose rows are held makes no other's stock come back
/// late. A page does not wait for the answers to the one before, and one that can't be expired now
/// is passed by and found again by the next sweep, so it makes no reservation behind it late.
///
/// **What ends.** Of one tenant a bounded number is on its way at once; callers come before them,
/// see [Backlog]. The looks take few connections, and each statement has its limit.
final class Sweeper implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Sweeper.class.getName());
  private static final Actor ACTOR = new Actor("sweeper");
  private static final int PAGE = 2_000;
  private static final int MAX_ON_THE_WAY = 4_000;
  private static final int MAX_CONNECTIONS = 2;

  private final DataSource database;
  private final TransactionLimits limits;
  private final int maxOnTheWay;
  private final List<Attachment> attachments;
  private final Background background;
  private final Semaphore connections = new Semaphore(MAX_CONNECTIONS, true);
  private final Set<TenantId> swept = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor clock =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("holdfast-sweeper").factory());

  /// Submits commands for which nobody waits.
  @FunctionalInterface
  interface Background {
    /// @param names of the items and customers that the command's reservation touches
    CompletionStage<Answer> submit(Command command, Call call, List<?> names);
  }

  Sweeper(DataSource database, EngineSettings settings, Background background) {
    this.database = database;
    this.limits =
        new TransactionLimits(
            settings.lockTimeout(),
            settings.statementTimeout(),
            settings.idleTimeout(),
            settings.transactionTimeout());
    this.maxOnTheWay = Math.min(MAX_ON_THE_WAY, settings.laneCapacity());
    this.attachments = settings.expiryAttachments();
    this.background = background;
    if (settings.sweepInterval().isPositive()) {
      long millis = settings.sweepInterval().toMillis();
      var _ = clock.scheduleWithFixedDelay(this::sweep, millis, millis, TimeUnit.MILLISECONDS);
    }
  }

  private void sweep() {
    try {
      for (TenantId tenant : look(connection -> DueReservations.tenants(connection, limits))) {
        if (swept.add(tenant)) {
          Thread.startVirtualThread(() -> sweep(tenant));
        }
      }
    } catch (Throwable e) {
      tell("could not look who is to be swept, will try again", e);
    }
  }

  private void sweep(TenantId tenant) {
    try {
      sweepOnce(tenant);
    } catch (Throwable e) {
      tell("could not sweep " + tenant + ", will try again", e);
    } finally {
      swept.remove(tenant);
    }
  }

  /// One line each time: while the database is away this comes every second. Whoever closes the
  /// engine may close the database next, and is told nothing.
  private void tell(String what, Throwable why) {
    if (!clock.isShutdown()) {
      LOG.log(System.Logger.Level.WARNING, what + ": " + why);
    }
    LOG.log(System.Logger.Level.DEBUG, what, why);
  }

  /// Once through all that is due. It is over when all of it is answered, so that the next sweep
  /// finds none of it still on its way.
  private void sweepOnce(TenantId tenant) throws SQLException {
    Semaphore room = new Semaphore(maxOnTheWay);
    try {
      List<Due> page = page(tenant, Due.START);
      while (!page.isEmpty() && !clock.isShutdown()) {
        page.forEach(due -> expire(tenant, due, room));
        page = page.size() < PAGE ? List.of() : page(tenant, page.getLast());
      }
    } finally {
      room.acquireUninterruptibly(maxOnTheWay);
    }
  }

  private void expire(TenantId tenant, Due due, Semaphore room) {
    room.acquireUninterruptibly();
    background
        .submit(new Command.Expire(due.reservation()), call(tenant), due.names())
        .whenComplete(
            (_, failure) -> {
              room.release();
              if (failure != null) {
                LOG.log(System.Logger.Level.DEBUG, "not expired yet", failure);
              }
            });
  }

  private Call call(TenantId tenant) {
    return new Call(tenant, ACTOR, null, Call.DEFAULT_PATIENCE, attachments);
  }

  private List<Due> page(TenantId tenant, Due after) throws SQLException {
    return look(connection -> DueReservations.page(connection, limits, tenant, after, PAGE));
  }

  @FunctionalInterface
  private interface Look<T> {
    T on(Connection connection) throws SQLException;
  }

  private <T> T look(Look<T> look) throws SQLException {
    connections.acquireUninterruptibly();
    try (Borrowed borrowed = Borrowed.from(database)) {
      return look.on(borrowed.connection());
    } finally {
      connections.release();
    }
  }

  @Override
  public void close() {
    clock.shutdown();
  }
}
