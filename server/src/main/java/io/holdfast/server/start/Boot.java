package io.holdfast.server.start;

import io.holdfast.server.event.Arrivals;
import io.holdfast.server.event.Publisher;
import io.holdfast.server.event.StockEvents;
import io.holdfast.server.event.StockTelling;
import io.holdfast.server.housekeeping.Housekeeper;
import io.holdfast.server.identity.AccessTokens;
import io.holdfast.server.identity.Callers;
import io.holdfast.server.identity.SessionCookies;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.kafka.KafkaSink;
import io.holdfast.server.limit.Limits;
import io.holdfast.server.machine.Machines;
import io.holdfast.server.machine.Nonces;
import io.holdfast.server.oidc.Providers;
import io.holdfast.server.operations.ArchiveMetrics;
import io.holdfast.server.operations.EngineMetrics;
import io.holdfast.server.operations.LockServer;
import io.holdfast.server.operations.LockServer.Need;
import io.holdfast.server.order.GivenNumbers;
import io.holdfast.server.order.OrderBook;
import io.holdfast.server.order.OrderExpiries;
import io.holdfast.server.order.OrderGuard;
import io.holdfast.server.payment.Cashier;
import io.holdfast.server.payment.ConfirmedPayments;
import io.holdfast.server.payment.WokenPayments;
import io.holdfast.server.series.Blocks;
import io.holdfast.server.series.Numbers;
import io.holdfast.server.trail.ExtensionTrail;
import io.holdfast.server.trail.Trail;
import io.holdfast.server.trail.TrailKeeper;
import io.holdfast.server.trail.TrailMetrics;
import io.holdfast.server.transfer.ImportWorker;
import io.holdfast.server.webhook.Couriers;
import io.holdfast.stock.ArchiveSettings;
import io.holdfast.stock.Control;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.Participant;
import io.holdfast.stock.StockArchiver;
import io.holdfast.stock.StockEngine;
import io.holdfast.stock.StockJoiner;
import io.holdfast.stock.StockReader;
import io.holdfast.stock.redis.RedisStockMutex;
import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// The order in which a node starts; it stops in the reverse order. What can be known early to
/// fail, fails early, and whatever fails leaves nothing open.
final class Boot {

  private static @Nullable IntConsumer whenServing;

  private final ServeOptions options;
  private final PrintWriter out;

  Boot(ServeOptions options, PrintWriter out) {
    this.options = options;
    this.out = out;
  }

  ExitCode run() {
    StopSignal signal = StopSignal.install();
    ExitCode code = ExitCode.START_FAILED;
    try (Closing closing = new Closing()) {
      Node node = open(closing);
      if (!signal.isAsked()) {
        serve(node, signal);
      }
      code = ExitCode.CLEAN;
    } catch (IOException | SQLException | RuntimeException e) {
      StartFault fault = StartFault.of(e);
      code = fault.exitCode();
      throw fault;
    } finally {
      signal.ended(code);
    }
    return code;
  }

  private Node open(Closing closing) throws IOException, SQLException {
    MachineRoster roster = options.machines();
    PortCheck.check(options.host(), options.port());
    Database database = closing.closes(Database.open(options));
    boolean isNew = Migrations.migrate(database);
    ThrowawayMark.apply(database, options, isNew);
    OldItems.addWords(database);
    if (database instanceof Database.Embedded) {
      DatabaseUrlFile.write(options.dataFolder(), database.owner());
    }
    Pools pools = closing.closes(Pools.open(database, options.poolSize()));
    Jdbi readers = Jdbi.create(pools.readers());
    TenantScope tenants = new TenantScope(readers);
    TrailMetrics trailMetrics = new TrailMetrics(InstantSource.system());
    Trail trail = new Trail(trailMetrics);
    StockTelling telling = new StockTelling();
    EngineSettings.Builder settings =
        settings(database, pools)
            .participants(participants(trail, tenants, telling))
            .expiryAttachments(List.of(OrderExpiries.attachment(), StockTelling.ofExpiries()));
    LockServer lockServer = lockServer(settings, pools, closing);
    EngineSettings built = settings.build();
    StockEngine engine = telling.around(closing.closes(StockEngine.open(pools.engine(), built)));
    Arrivals arrivals = tellOthers(readers, tenants, telling, closing);
    StockJoiner joiner = telling.around(StockJoiner.of(built));
    closing.closes(ImportWorker.open(readers, tenants, joiner, trail));
    Cashier cashier =
        closing.closes(Cashier.open(readers, tenants, engine, trail, options.stripe()));
    TrailKeeper keeper = closing.closes(TrailKeeper.open(readers, tenants, trailMetrics));
    Provisioned provisioned = Provisioned.ensure(options, database, tenants, engine, trail);
    Machines machines = roster.found(database);
    Providers providers = providers(database, closing);
    archive(pools, closing);
    AccessTokens accessTokens = new AccessTokens(readers, System::nanoTime);
    Executor virtualThreads = Executors.newVirtualThreadPerTaskExecutor();
    Nonces nonces = new Nonces(readers, tenants, virtualThreads);
    closing.closes(Housekeeper.open(readers));
    return new Node(
        engine,
        StockReader.of(pools.readers()),
        readers,
        tenants,
        accessTokens,
        callers(readers, accessTokens, virtualThreads),
        closing.closes(Limits.open(options.limits(), readers)),
        machines,
        nonces,
        providers,
        provisioned.demonstration(),
        lockServer,
        Audits.begin(options, pools, closing),
        trail,
        keeper,
        arrivals,
        provisioned.keys(),
        options.edge(),
        options.console(),
        options.webhooks(),
        cashier,
        new SessionCookies(options.isSecure()));
  }

  private LockServer lockServer(EngineSettings.Builder settings, Pools pools, Closing closing) {
    if (!options.isChosen(Control.FENCED_LOCK)) {
      return LockServer.NONE;
    }
    RedisStockMutex mutex =
        closing.closes(Mutexes.open(options.redisUrl().orElseThrow(), pools.engine()));
    settings.mutex(mutex);
    return new LockServer(
        options.control() == Control.FENCED_LOCK ? Need.OF_ALL : Need.OF_SOME_TENANTS,
        mutex::isReachable);
  }

  private Arrivals tellOthers(
      Jdbi database, TenantScope tenants, StockTelling telling, Closing closing) {
    Arrivals arrivals = new Arrivals();
    closing.closes(Publisher.open(database, tenants, telling, arrivals));
    closing.closes(Couriers.open(database, tenants, options.webhooks()));
    options.kafka().ifPresent(kafka -> closing.closes(KafkaSink.open(database, tenants, kafka)));
    return arrivals;
  }

  private EngineSettings.Builder settings(Database database, Pools pools) throws SQLException {
    return EngineSettings.with(options.control())
        .tenantControls(TenantControls.of(options, database))
        .workers(pools.workers())
        .lockTimeout(Duration.ofMillis(options.lockTimeoutMillis()))
        .statementTimeout(Duration.ofMillis(options.statementTimeoutMillis()))
        .transactionTimeout(Duration.ofMillis(options.transactionTimeoutMillis()))
        .observer(new EngineMetrics());
  }

  /// In the order in which they lock.
  private static List<Participant<?>> participants(
      Trail trail, TenantScope tenants, StockTelling telling) {
    GivenNumbers given = new GivenNumbers();
    return List.of(
        new OrderBook(trail, new Numbers(new Blocks(tenants, given), given)),
        new OrderGuard(),
        new ExtensionTrail(trail),
        new OrderExpiries(),
        new ConfirmedPayments(),
        new WokenPayments(),
        new StockEvents(telling));
  }

  private Providers providers(Database database, Closing closing) throws SQLException {
    return options.oidc().isEmpty()
        ? Providers.none()
        : closing.closes(options.oidc().get().open(database));
  }

  private Callers callers(Jdbi database, AccessTokens tokens, Executor blocking) {
    Duration memory = Duration.ofMillis(options.credentialMemoryMillis());
    return new Callers(database, tokens, blocking, memory, System::nanoTime);
  }

  private void archive(Pools pools, Closing closing) {
    if (options.archiveIntervalSeconds() > 0) {
      ArchiveSettings settings =
          ArchiveSettings.usual()
              .with()
              .interval(Duration.ofSeconds(options.archiveIntervalSeconds()))
              .observer(new ArchiveMetrics())
              .build();
      closing.closes(StockArchiver.open(pools.background(), settings));
    }
  }

  private void serve(Node node, StopSignal signal) {
    Node.handOver(node);
    System.setProperty("quarkus.http.host", options.host());
    System.setProperty("quarkus.http.port", Integer.toString(options.port()));
    options.edge().tls().ifPresent(tls -> tls.hand(options.port()));
    whenServing =
        port -> {
          out.print(ReadyText.of(options, port, node));
          out.flush();
          if (signal.isAsked()) {
            Quarkus.asyncExit();
          }
        };
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    Quarkus.run(HttpApplication.class, (_, thrown) -> failure.set(thrown));
    Throwable thrown = failure.get();
    if (thrown != null && !signal.isAsked()) {
      throw httpFault(thrown);
    }
  }

  private StartFault httpFault(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof java.net.BindException) {
        return PortCheck.taken(options.host(), options.port());
      }
    }
    return StartFault.of(thrown);
  }

  /// Called when the port is open.
  static void ready(int port) {
    IntConsumer waiting = whenServing;
    if (waiting != null) {
      waiting.accept(port);
    }
  }
}
