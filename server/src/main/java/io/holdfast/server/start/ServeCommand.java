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
final class ServeCommand implements Callable<Integer>, Checked {
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
      names = "--plain-redis",
      description = "reach the Redis without TLS, though it is on another machine")
  private boolean isPlainRedisAllowed;

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

  @Mixin private TlsFlags tls = new TlsFlags();

  @Mixin private ConsoleFlags console = new ConsoleFlags();

  @Mixin private ProxyFlags proxies = new ProxyFlags();

  @Mixin private OidcFlags oidc = new OidcFlags();

  @Mixin private WebhookFlags webhooks = new WebhookFlags();

  @Mixin private PaymentFlags payments = new PaymentFlags();

  @Mixin private KafkaFlags kafka = new KafkaFlags();

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
      names = "--credential-memory-millis",
      paramLabel = "N",
      description = {
        "how long this node remembers whose a key or token is, and so may still take one that was",
        "revoked; a browser's session is never remembered (default: ${DEFAULT-VALUE})"
      })
  private int credentialMemoryMillis = 3_000;

  @Option(
      names = "--stop-with-input",
      description = "stop in order when standard input ends, as it does with the parent process")
  private boolean isStoppedWithInput;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "shows this")
  private boolean unusedHelp;

  private @Nullable ServeOptions checked;

  @Override
  public void check(Problems problems) {
    if (applicationUrl != null && databaseUrl == null) {
      problems.add("--db-app-url needs --db-url");
    }
    ServeOptions options = options(problems);
    if (options.isChosen(Control.FENCED_LOCK) && redisUrl == null) {
      problems.add(
          "--control fenced-lock needs --redis-url (or HOLDFAST_REDIS_URL), where its locks are");
    }
    options.check(problems);
    checked = options;
  }

  @Override
  public Integer call() {
    ServeOptions options = checked;
    if (options == null) {
      throw new IllegalStateException("a command is checked before it is called");
    }
    if (isStoppedWithInput) {
      StopSignal.askAtEndOf(System.in);
    }
    return new Boot(options, commandLine().getOut()).run().number();
  }

  /// What can't be parsed is a problem, and left out so that the rest can be looked at, too.
  private ServeOptions options(Problems problems) {
    return new ServeOptions(
        host,
        port,
        dataFolder,
        parsedUrl(problems, "--db-url", databaseUrl),
        parsedUrl(problems, "--db-app-url", applicationUrl),
        parsedControl(problems, "--control", control),
        parsedTenantControls(problems),
        Optional.ofNullable(redisUrl).flatMap(url -> problems.unlessParsed(() -> parsedRedis(url))),
        isThrowaway,
        !withoutDemonstration,
        tenants,
        poolSize,
        credentialMemoryMillis,
        lockTimeoutMillis,
        statementTimeoutMillis,
        transactionTimeoutMillis,
        audits.parsed(),
        limits.parsed(problems),
        archiveIntervalSeconds,
        MachineRoster.read(Optional.ofNullable(machines), problems),
        proxies.parsed(tls.parsed(problems), problems),
        console.parsed(problems),
        oidc.parsed(problems),
        webhooks.parsed(problems),
        payments.parsed(problems),
        kafka.parsed(problems));
  }

  private static Optional<DatabaseUrl> parsedUrl(
      Problems problems, String option, @Nullable String url) {
    return Optional.ofNullable(url)
        .flatMap(given -> problems.unlessParsed(() -> DatabaseUrl.parse(option, given)));
  }

  private Map<String, Control> parsedTenantControls(Problems problems) {
    Map<String, Control> parsed = new LinkedHashMap<>();
    tenantControls.forEach(
        (slug, name) -> parsed.put(slug, parsedControl(problems, "--tenant-control", name)));
    return parsed;
  }

  private static Control parsedControl(Problems problems, String option, String name) {
    List<String> known = Arrays.stream(Control.values()).map(Control::label).toList();
    Optional<Control> parsed = Control.ofLabel(name);
    if (parsed.isEmpty()) {
      problems.add(
          "%s must name one of %s, not %s%s"
              .formatted(option, String.join(", ", known), name, Nearest.hint(name, known)));
    }
    return parsed.orElse(Control.COMBINED);
  }

  private CommandLine commandLine() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets the spec before it calls");
    }
    return spec.commandLine();
  }

  /// Over a network that others read, the password would be theirs.
  private RedisUrl parsedRedis(String text) {
    RedisUrl url = RedisUrl.parse("--redis-url", text);
    if (!url.isSecure() && !url.isThisMachine() && !isPlainRedisAllowed) {
      throw new IllegalArgumentException(
          "--redis-url goes to another machine and must be rediss://..., or needs --plain-redis");
    }
    return url;
  }
}
