package io.holdfast.server.start;

import io.holdfast.server.limit.LimitSettings;
import io.holdfast.stock.Control;
import io.holdfast.stock.redis.RedisUrl;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What `serve` was asked for.
///
/// @param databaseUrl the owner's login on an external database; empty: the embedded one
/// @param applicationUrl the application's login there; empty: the owner's, in the role
///   holdfast_app
/// @param tenantControls by the tenant's slug
/// @param redisUrl where the locks of the control `fenced-lock` are
/// @param tenants slugs of tenants that are made unless they are there
/// @param poolSize connections of this node at most
/// @param archiveIntervalSeconds 0: never
/// @param machines the file of machines that sign their requests; empty: none may
record ServeOptions(
    String host,
    int port,
    Path dataFolder,
    Optional<DatabaseUrl> databaseUrl,
    Optional<DatabaseUrl> applicationUrl,
    Control control,
    Map<String, Control> tenantControls,
    Optional<RedisUrl> redisUrl,
    boolean isThrowaway,
    boolean withDemonstration,
    List<String> tenants,
    int poolSize,
    int lockTimeoutMillis,
    int statementTimeoutMillis,
    int transactionTimeoutMillis,
    AuditOptions audits,
    LimitSettings limits,
    int archiveIntervalSeconds,
    Optional<Path> machines) {

  // Less than the 30 s after which a silent connection counts as lost.
  private static final int MAX_MILLIS = 25_000;
  private static final int MAX_SECONDS = 2_000_000;
  private static final Pattern SLUG = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  ServeOptions {
    tenants = List.copyOf(tenants);
    for (String slug : tenants) {
      requireSlug("--tenant", slug);
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("--port must be between 0 and 65535, not " + port);
    }
    if (poolSize < 13 || poolSize > 1_000) {
      throw new IllegalArgumentException(
          "--pool-size must be between 13 and 1000, not " + poolSize);
    }
    if (archiveIntervalSeconds < 0 || archiveIntervalSeconds > MAX_SECONDS) {
      throw new IllegalArgumentException(
          "--archive-interval-seconds must be between 0 and %d, not %d"
              .formatted(MAX_SECONDS, archiveIntervalSeconds));
    }
    checkMillis("--lock-timeout-millis", lockTimeoutMillis);
    checkMillis("--statement-timeout-millis", statementTimeoutMillis);
    checkMillis("--transaction-timeout-millis", transactionTimeoutMillis);
    if (applicationUrl.isPresent() && databaseUrl.isEmpty()) {
      throw new IllegalArgumentException("--db-app-url needs --db-url");
    }
    tenantControls = Map.copyOf(tenantControls);
    if (isChosen(Control.FENCED_LOCK, control, tenantControls) && redisUrl.isEmpty()) {
      throw new IllegalArgumentException(
          "--control fenced-lock needs --redis-url (or HOLDFAST_REDIS_URL), where its locks are");
    }
    if (isChosen(Control.UNPROTECTED, control, tenantControls)
        && !(isThrowaway && isLoopback(host))) {
      throw new IllegalArgumentException(
          "--control unprotected oversells: it needs --throwaway and a loopback --host");
    }
  }

  static void requireSlug(String what, String slug) {
    if (!SLUG.matcher(slug).matches()) {
      throw new IllegalArgumentException(what + " can't be named " + slug);
    }
  }

  private static void checkMillis(String option, int millis) {
    if (millis < 1 || millis > MAX_MILLIS) {
      throw new IllegalArgumentException(
          option + " must be between 1 and " + MAX_MILLIS + ", not " + millis);
    }
  }

  /// Whether any tenant has this control.
  boolean isChosen(Control one) {
    return isChosen(one, control, tenantControls);
  }

  private static boolean isChosen(Control one, Control usual, Map<String, Control> tenantControls) {
    return usual == one || tenantControls.containsValue(one);
  }

  boolean isLoopback() {
    return isLoopback(host);
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("--host " + host + " is not known", e);
    }
  }
}
