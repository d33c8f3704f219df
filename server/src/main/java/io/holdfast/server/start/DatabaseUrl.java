package io.holdfast.server.start;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a database is and as whom to connect. Its text form names no password.
///
/// @param jdbcUrl as the driver understands it
/// @param user empty when the url says it, or the driver's default is meant
record DatabaseUrl(String jdbcUrl, Optional<String> user, Optional<String> password) {

  /// One that names no host goes to this machine.
  private static final Pattern JDBC =
      Pattern.compile("jdbc:postgresql://(?<hosts>[^/?]*)/?[^?]*\\??(?<query>.*)");

  /// Refused if it goes to another machine without saying how: the driver would rather fall back to
  /// plain text than fail, and would look at no certificate.
  static DatabaseUrl parse(String option, String text) {
    DatabaseUrl url = read(option, text);
    Matcher parts = JDBC.matcher(url.jdbcUrl());
    boolean isHere =
        !parts.matches()
            || Arrays.stream(parts.group("hosts").split(",", -1))
                .allMatch(DatabaseUrl::isThisMachine);
    if (!isHere && !parts.group("query").matches("(.*&)?sslmode=.*")) {
      throw new IllegalArgumentException(
          option
              + " goes to another machine and must say sslmode=verify-full (with sslrootcert=FILE,"
              + " or sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory for public authorities),"
              + " or which other sslmode is meant");
    }
    return url;
  }

  private static boolean isThisMachine(String host) {
    String name = host.replaceFirst(":\\d*$", "");
    return name.isEmpty()
        || name.equals("localhost")
        || name.matches("127(\\.\\d{1,3}){3}")
        || name.equals("[::1]");
  }

  private static DatabaseUrl read(String option, String text) {
    if (text.startsWith("jdbc:postgresql:")) {
      return new DatabaseUrl(text, Optional.empty(), Optional.empty());
    }
    try {
      URI uri = new URI(text);
      boolean isKnown = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
      if (isKnown && uri.getHost() != null && uri.getPath().length() > 1) {
        return ofUri(uri);
      }
    } catch (URISyntaxException e) {
      // The parser's own message would repeat the password.
    }
    throw formless(option);
  }

  private static IllegalArgumentException formless(String option) {
    return new IllegalArgumentException(
        option + " must look like postgresql://user:password@host:port/db");
  }

  private static DatabaseUrl ofUri(URI uri) {
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String jdbc = "jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + query;
    String[] login = uri.getRawUserInfo() == null ? new String[0] : split(uri.getRawUserInfo());
    return new DatabaseUrl(jdbc, part(login, 0), part(login, 1));
  }

  private static String[] split(String userInfo) {
    return userInfo.split(":", 2);
  }

  private static Optional<String> part(String[] login, int index) {
    return index < login.length
        ? Optional.of(URLDecoder.decode(login[index].replace("+", "%2B"), StandardCharsets.UTF_8))
        : Optional.empty();
  }

  /// As `psql` and `--db-url` take it, with the password.
  String libpqUrl() {
    return jdbcUrl.replaceFirst("^jdbc:", "");
  }

  /// For the driver.
  Properties properties() {
    Properties properties = new Properties();
    set(properties, "user", user.orElse(null));
    set(properties, "password", password.orElse(null));
    return properties;
  }

  private static void set(Properties properties, String name, @Nullable String value) {
    if (value != null) {
      properties.setProperty(name, value);
    }
  }

  @Override
  public String toString() {
    return jdbcUrl.replaceFirst("\\?.*", "");
  }
}
