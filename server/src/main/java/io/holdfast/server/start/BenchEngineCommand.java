package io.holdfast.server.start;

import com.zaxxer.hikari.HikariDataSource;
import io.holdfast.server.bench.BenchOptions;
import io.holdfast.server.bench.EngineBench;
import io.holdfast.stock.Control;
import io.holdfast.stock.redis.RedisStockMutex;
import io.holdfast.stock.redis.RedisUrl;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `bench-engine`: the in-process part of `./holdfast bench`, which calls it. Prints a JSON object
/// a line.
@Command(
    name = "bench-engine",
    hidden = true,
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = "Measures the engine in this process, on a database that is to be thrown away.")
final class BenchEngineCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--db-url",
      paramLabel = "URL",
      description = "the owner's login on an external database, which is filled with rows")
  private String databaseUrl = "";

  @Option(
      names = "--filler-url",
      paramLabel = "URL",
      description = "the login that stores rows and may checkpoint (default: that of --db-url)")
  private String fillerUrl = "";

  @Option(names = "--plan", description = "only says of each part how long it takes")
  private boolean isPlan;

  @Option(names = "--part", paramLabel = "NAME", description = "what is measured")
  private String part = "table";

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "how long a measure of the table takes (default: ${DEFAULT-VALUE})")
  private double seconds = 4;

  @Option(
      names = "--control",
      split = ",",
      paramLabel = "NAME",
      description = "the controls to measure (default: every one but the broken one)")
  private List<String> controls = List.of();

  @Option(
      names = "--redis-url",
      defaultValue = "${env:HOLDFAST_REDIS_URL}",
      paramLabel = "URL",
      description = "where the control fenced-lock has its locks, if it is measured")
  private @Nullable String redisUrl;

  @Option(names = "--stored", paramLabel = "N", description = "reservations in a full database")
  private long stored = 1_000_000;

  @Option(names = "--expiring", paramLabel = "N", description = "reservations due at once")
  private long expiring = 100_000;

  @Override
  public Integer call() throws SQLException, InterruptedException {
    List<Control> chosen = new ArrayList<>();
    for (String label : controls) {
      chosen.add(parsed(() -> control(label)));
    }
    Duration measured = Duration.ofMillis(Math.round(seconds * 1_000));
    EngineBench bench =
        new EngineBench(new BenchOptions(chosen, measured, stored, expiring), System.out);
    if (isPlan) {
      bench.plan();
      return ExitCode.CLEAN.number();
    }
    parsed(() -> checkedPart(bench.parts()));
    DatabaseUrl owner = parsed(() -> DatabaseUrl.parse("--db-url", databaseUrl));
    DatabaseUrl filler =
        fillerUrl.isEmpty() ? owner : parsed(() -> DatabaseUrl.parse("--filler-url", fillerUrl));
    Optional<RedisUrl> locks =
        bench.needsMutex(part) ? Optional.of(parsed(this::redisUrl)) : Optional.empty();
    boolean isNew = Migrations.migrate(owner);
    if (part.equals(EngineBench.UNPROTECTED) && !isNew) {
      throw new StartFault(
          ExitCode.USAGE, "the part unprotected runs only on a database that it makes itself");
    }
    try (HikariDataSource pool = Pools.pool(owner, true, "bench", EngineBench.CONNECTIONS);
        HikariDataSource ownerPool = Pools.pool(filler, false, "bench-owner", 1);
        RedisStockMutex mutex = locks.map(url -> Mutexes.open(url, pool)).orElse(null)) {
      bench.run(part, pool, ownerPool, mutex);
    }
    return ExitCode.CLEAN.number();
  }

  private String checkedPart(List<String> parts) {
    if (!parts.contains(part)) {
      throw new IllegalArgumentException(
          "no part is named " + part + "; there are " + String.join(", ", parts));
    }
    return part;
  }

  private RedisUrl redisUrl() {
    if (redisUrl == null) {
      throw new IllegalArgumentException("the control fenced-lock needs --redis-url");
    }
    return RedisUrl.parse("--redis-url", redisUrl);
  }

  private static Control control(String label) {
    return Control.ofLabel(label)
        .orElseThrow(() -> new IllegalArgumentException("no control is named " + label));
  }

  @FunctionalInterface
  private interface Parse<T> {
    T parse();
  }

  private <T> T parsed(Parse<T> parse) {
    try {
      return parse.parse();
    } catch (IllegalArgumentException e) {
      CommandSpec known = spec;
      if (known == null) {
        throw new IllegalStateException("picocli sets the spec before it calls", e);
      }
      throw new ParameterException(known.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
