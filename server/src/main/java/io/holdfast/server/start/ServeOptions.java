package io.holdfast.server.start;

import io.holdfast.server.account.ConsoleSettings;
import io.holdfast.server.kafka.KafkaTarget;
import io.holdfast.server.limit.LimitSettings;
import io.holdfast.server.payment.StripeUrl;
import io.holdfast.server.webhook.Destinations;
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
/// @param credentialMemoryMillis how long whose a credential is is not looked up again
/// @param archiveIntervalSeconds 0: never
/// @param machines that sign their requests
/// @param edge how it is reached
/// @param oidc empty: nobody logs in elsewhere
/// @param webhooks where they may lead
/// @param stripe where orders are paid
/// @param kafka empty: events are sent to no broker
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
    int credentialMemoryMillis,
    int lockTimeoutMillis,
    int statementTimeoutMillis,
    int transactionTimeoutMillis,
    AuditOptions audits,
    LimitSettings limits,
    int archiveIntervalSeconds,
    MachineRoster machines,
    EdgeOptions edge,
    ConsoleSettings console,
    Optional<OidcOptions> oidc,
    Destinations webhooks,
    StripeUrl stripe,
    Optional<KafkaTarget> kafka) {

  // Less than the 30 s after which a silent connection counts as lost.
  private static final int MAX_MILLIS = 25_000;
  private static final int MAX_SECONDS = 2_000_000;
  private static final Pattern SLUG = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  ServeOptions {
    tenants = List.copyOf(tenants);
    tenantControls = Map.copyOf(tenantControls);
  }

  static void requireSlug(String what, String slug) {
    if (!SLUG.matcher(slug).matches()) {
      throw new IllegalArgumentException(what + " can't be named " + slug);
    }
  }

  /// Says what of it can't be, or not together.
  void check(Problems problems) {
    for (String slug : tenants) {
      problems.unlessAllowed(() -> requireSlug("--tenant", slug));
    }
    problems.unlessBetween("--port", 0, 65_535, port);
    problems.unlessBetween("--pool-size", 13, 1_000, poolSize);
    problems.unlessBetween("--credential-memory-millis", 0, 60_000, credentialMemoryMillis);
    problems.unlessBetween("--archive-interval-seconds", 0, MAX_SECONDS, archiveIntervalSeconds);
    problems.unlessBetween("--lock-timeout-millis", 1, MAX_MILLIS, lockTimeoutMillis);
    problems.unlessBetween("--statement-timeout-millis", 1, MAX_MILLIS, statementTimeoutMillis);
    problems.unlessBetween("--transaction-timeout-millis", 1, MAX_MILLIS, transactionTimeoutMillis);
    audits.check(problems);
    boolean isHere = problems.unlessParsed(this::isLoopback).orElse(false);
    edge.check(problems, isHere);
    boolean isPlainPublic = oidc.filter(one -> !one.address().isSecure()).isPresent();
    if (isPlainPublic && (!isHere || isSecure())) {
      problems.add("--public-url must be https://..., as this node is reached by TLS alone");
    }
    if (isChosen(Control.UNPROTECTED) && !(isThrowaway && isHere)) {
      problems.add("--control unprotected oversells: it needs --throwaway and a loopback --host");
    }
  }

  /// Whether any tenant has this control.
  boolean isChosen(Control one) {
    return control == one || tenantControls.containsValue(one);
  }

  boolean isLoopback() {
    return isLoopback(host);
  }

  /// Whether browsers come by https: to this node, or to what is before it.
  boolean isSecure() {
    return edge.tls().isPresent()
        || !isForThisMachine()
        || oidc.filter(one -> one.address().isSecure()).isPresent();
  }

  /// Whether nobody but who is on this machine gets here: a proxy would bring others along.
  boolean isForThisMachine() {
    return isLoopback() && edge.proxies().isEmpty();
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("--host " + host + " is not known", e);
    }
  }
}
