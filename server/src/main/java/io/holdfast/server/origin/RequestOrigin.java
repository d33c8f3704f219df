package io.holdfast.server.origin;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which request something is done for, as the log, the trail and the caller name it. It goes with
/// the request's context, whichever thread that is on.
public final class RequestOrigin {
  public static final String HEADER = "X-Request-Id";

  private static final String LOCAL = RequestOrigin.class.getName();
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private final String id;
  private final @Nullable String client;
  private volatile @Nullable String operation;
  private volatile @Nullable String lacking;
  private volatile @Nullable String account;
  private volatile @Nullable String problem;

  private RequestOrigin(String id, @Nullable String client) {
    this.id = id;
    this.client = client;
  }

  /// Begins a request. A name that it brings is taken if a log can't be fooled by it.
  ///
  /// @param client the address that it comes from
  static RequestOrigin begin(@Nullable String named, @Nullable String client) {
    String id = named != null && ID.matcher(named).matches() ? named : randomId();
    RequestOrigin origin = new RequestOrigin(id, client);
    Context context = Vertx.currentContext();
    if (context == null) {
      throw new IllegalStateException("a request is answered in a context of its own");
    }
    context.putLocal(LOCAL, origin);
    return origin;
  }

  /// Of what a node does by itself.
  public static RequestOrigin ofNode() {
    return new RequestOrigin(randomId(), null);
  }

  /// Empty outside of any request.
  public static Optional<RequestOrigin> current() {
    Context context = Vertx.currentContext();
    return context == null ? Optional.empty() : Optional.ofNullable(context.getLocal(LOCAL));
  }

  /// Of the request that this is called in.
  public static RequestOrigin ofRequest() {
    return current().orElseThrow(() -> new IllegalStateException("this is in no request"));
  }

  /// For a line of the log: the id, or that there is none.
  public static String named() {
    return current().map(RequestOrigin::id).orElse("none");
  }

  /// To be told from others, not to be kept from anybody.
  private static String randomId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
  }

  public String id() {
    return id;
  }

  /// Empty if nobody asked, or hung up before this was looked at.
  public Optional<InetAddress> client() {
    return Optional.ofNullable(client).map(InetAddress::ofLiteral);
  }

  /// The address that it comes from, without a port; or that it is the node's own.
  public String address() {
    String known = client;
    return known == null ? "node" : known;
  }

  /// What is asked for, once it is known; until then, that it is not.
  public String operation() {
    String known = operation;
    return known == null ? "unknown" : known;
  }

  /// Says what is asked for.
  public void asksFor(String operationId) {
    operation = operationId;
  }

  /// The permission that the caller was found to lack.
  public Optional<String> lacking() {
    return Optional.ofNullable(lacking);
  }

  public void lacks(String permission) {
    lacking = permission;
  }

  /// Whom a credential that was shown is about, whether it was the right one or not.
  public Optional<String> account() {
    return Optional.ofNullable(account);
  }

  public void concerns(String name) {
    account = name;
  }

  /// The code of the problem that it was answered with.
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  public void answeredWith(String code) {
    problem = code;
  }
}
