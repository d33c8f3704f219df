package io.holdfast.stock.redis;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a Redis is, and how one gets in: `redis://[[user]:password@]host[:port][/number]`, or
/// `rediss://` with TLS.
///
/// @param address scheme, host and port
/// @param database one of the server's numbered databases
public record RedisUrl(
    String address, Optional<String> user, Optional<String> password, int database) {
  private static final int DEFAULT_PORT = 6379;
  private static final Pattern HERE =
      Pattern.compile("rediss?://(localhost|127(\\.\\d{1,3}){3}|\\[::1]):\\d+");
  private static final Pattern DATABASE = Pattern.compile("/?|/(\\d{1,4})");

  /// What is wrong is said without the password.
  public static RedisUrl parse(String what, String url) {
    URI uri = uri(what, url);
    boolean isRedis = "redis".equals(uri.getScheme()) || "rediss".equals(uri.getScheme());
    Matcher database = DATABASE.matcher(String.valueOf(uri.getPath()));
    if (!isRedis || uri.getHost() == null || !database.matches()) {
      throw wrong(what);
    }
    String[] login = Optional.ofNullable(uri.getUserInfo()).orElse("").split(":", 2);
    int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
    return new RedisUrl(
        uri.getScheme() + "://" + uri.getHost() + ":" + port,
        Optional.of(login[0]).filter(user -> !user.isEmpty()),
        login.length < 2 ? Optional.empty() : Optional.of(login[1]),
        database.group(1) == null ? 0 : Integer.parseInt(database.group(1)));
  }

  public boolean isSecure() {
    return address.startsWith("rediss://");
  }

  /// Whether no network is on the way, as far as the name alone says.
  public boolean isThisMachine() {
    return HERE.matcher(address).matches();
  }

  private static URI uri(String what, String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      throw wrong(what);
    }
  }

  private static IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(
        what + " must be like redis://user:password@host:6379, without odd characters");
  }

  @Override
  public String toString() {
    return address;
  }
}
