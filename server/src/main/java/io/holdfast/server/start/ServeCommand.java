package io.holdfast.server.start;

import io.holdfast.stock.Control;
import io.holdfast.stock.redis.RedisUrl;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `serve`: parses, and hands over to [Boot].
@Command(
    name = "serve",
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = "Runs a node, with a PostgreSQL of its own unless told otherwise.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:stopped in order",
      "2:wrong usage",
      "10:the port is taken",
      "11:another node uses the data folder",
      "12:the database can't be reached",
      "13:the database is too old",
      "14:the database's schema is newer than this program",
      "15:the data folder can't be written",
      "16:no disk space",
      "17:another fault, which is named",
      "18:the Redis of --redis-url can't be reached"
    })
final class ServeCommand implements Callable<Integer> {
  private static final int DEFAULT_POOL_SIZE = 24;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "where to listen; 0: any free port (default: ${DEFAULT-VALUE})")
  private int port = 8000;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "the address to listen on (default: ${DEFAULT-VALUE})")
  private String host = "127.0.0.1";

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "where this node keeps its database and keys (default: ${DEFAULT-VALUE})")
  private Path dataFolder = Path.of("holdfast-data");

  @Option(
      names = "--db-url",
      defaultValue = "${env:HOLDFAST_DB_URL}",
      paramLabel = "URL",
      description = {
        "use this PostgreSQL (15 or newer) instead of the embedded one:",
        "postgresql://user:password@host:port/db, the login that owns and migrates the schema;",
        "HOLDFAST_DB_URL in the environment says the same, where nobody reads it off a list"
      })
  private @Nullable String databaseUrl;

  @Option(
      names = "--db-app-url",
      paramLabel = "URL",
      description = {
        "the login that serves; without it the owner's login serves in the role holdfast_app"
      })
  private @Nullable String applicationUrl;

  @Option(
      names = "--control",
      paramLabel = "NAME",
      description = {
        "how read, decide, write is made atomic: combined, row-lock, optimistic, serializable,",
        "conditional, fenced-lock or unprotected (default: combined)"
      })
  private String control = Control.COMBINED.label();

  @Option(
      names = "--tenant-control",
      paramLabel = "SLUG=NAME",
      description = "another control for one tenant; may be repeated")
  private Map<String, String> tenantControls = Map.of();

  @Option(
      names = "--redis-url",
      defaultValue = "${env:HOLDFAST_REDIS_URL}",
      paramLabel = "URL",
      description = {
        "where the control fenced-lock has its locks: redis://user:password@host:port/number, or",
        "rediss:// with TLS, for this database alone; HOLDFAST_REDIS_URL says the same"
      })
  private @Nullable String redisUrl;

  @Option(
      names = "--throwaway",
      description = "mark new data as made for throwing away; --control unprotected needs it")
  private boolean isThrowaway;

  @Option(
      names = "--no-demo",
      description = "no demonstration: neither its data nor the routes without a credential")
  private boolean withoutDemonstration;

  @Option(
      names = "--tenant",
      paramLabel = "SLUG",
      description = {
        "a tenant that is made, with an API key, unless it is there; may be repeated.",
        "a slug has lower-case letters, digits and inner hyphens, 63 at most"
      })
  private List<String> tenants = List.of();

  @Option(
      names = "--machines",
      defaultValue = "${env:HOLDFAST_MACHINES}",
      paramLabel = "FILE",
      description = {
        "machines that sign their requests, a line each: key id, tenant, role, networks, secrets;",
        "nobody else may be able to read it; without it no signed request is let in;",
        "HOLDFAST_MACHINES says the same"
      })
  private @Nullable Path machines;

  @Option(
      names = "--lock-timeout-millis",
      paramLabel = "N",
      description = "how long a command waits for a row alone (default: ${DEFAULT-VALUE})")
  private int lockTimeoutMillis = 5_000;

  @Option(
      names = "--statement-timeout-millis",
      paramLabel = "N",
      description = "how long one statement may take (default: ${DEFAULT-VALUE})")
  private int statementTimeoutMillis = 10_000;

  @Option(
      names = "--transaction-timeout-millis",
      paramLabel = "N",
      description = "how long a transaction may last in all (default: ${DEFAULT-VALUE})")
  private int transactionTimeoutMillis = 10_000;

  @Mixin private AuditFlags audits = new AuditFlags();

  @Mixin private LimitFlags limits = new LimitFlags();

  @Option(
      names = "--archive-interval-seconds",
      paramLabel = "N",
      description = {
        "how often what is old goes into the archive, for tenants that have chosen a retention;",
        "0: never by this node (default: ${DEFAULT-VALUE})"
      })
  private int archiveIntervalSeconds = 3_600;

  @Option(
      names = "--pool-size",
      paramLabel = "N",
      description = "connections to the database at most (default: ${DEFAULT-VALUE})")
  private int poolSize = DEFAULT_POOL_SIZE;

  @Option(
      names = "--stop-with-input",
      description = "stop in order when standard input ends, as it does with the parent process")
  private boolean isStoppedWithInput;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "shows this")
  private boolean unusedHelp;

  @Override
  public Integer call() {
    CommandLine line = commandLine();
    if (isStoppedWithInput) {
      StopSignal.askAtEndOf(System.in);
    }
    return new Boot(options(line), line.getOut()).run().number();
  }

  private ServeOptions options(CommandLine line) {
    try {
      return new ServeOptions(
          host,
          port,
          dataFolder,
          Optional.ofNullable(databaseUrl).map(url -> DatabaseUrl.parse("--db-url", url)),
          Optional.ofNullable(applicationUrl).map(url -> DatabaseUrl.parse("--db-app-url", url)),
          parsedControl("--control", control),
          parsedTenantControls(),
          Optional.ofNullable(redisUrl).map(url -> RedisUrl.parse("--redis-url", url)),
          isThrowaway,
          !withoutDemonstration,
          tenants,
          poolSize,
          lockTimeoutMillis,
          statementTimeoutMillis,
          transactionTimeoutMillis,
          audits.parsed(),
          limits.parsed(),
          archiveIntervalSeconds,
          Optional.ofNullable(machines));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(line, String.valueOf(e.getMessage()), e);
    }
  }

  private Map<String, Control> parsedTenantControls() {
    Map<String, Control> parsed = new LinkedHashMap<>();
    tenantControls.forEach(
        (slug, name) -> parsed.put(slug, parsedControl("--tenant-control", name)));
    return parsed;
  }

  private static Control parsedControl(String option, String name) {
    List<String> known = Arrays.stream(Control.values()).map(Control::label).toList();
    return Control.ofLabel(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s must name one of %s, not %s%s"
                        .formatted(
                            option, String.join(", ", known), name, Nearest.hint(name, known))));
  }

  private CommandLine commandLine() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets the spec before it calls");
    }
    return spec.commandLine();
  }
}
