package io.holdfast.server.http;

import io.holdfast.server.http.ApiDescription.Answer;
import java.net.http.HttpHeaders;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Every secret that a test of this package sends or is given, and every problem that it is
/// answered with, to look for the one in the other when all tests are done: see [SecretsTest].
final class Secrets {
  private static final Map<String, String> ALL = new ConcurrentHashMap<>();
  private static final Set<String> PROBLEMS = ConcurrentHashMap.newKeySet();

  /// Members of requests.
  private static final Pattern PASSWORD_MEMBER =
      Pattern.compile("\"((?:current_|new_)?password)\"\\s*:\\s*\"([^\"\\\\]+)\"");

  /// Members of requests and answers.
  private static final Pattern TOKEN_MEMBER =
      Pattern.compile(
          "\"((?:access_|refresh_|csrf_)?token|invitation|(?:client_)?secret)\"\\s*:\\s*"
              + "\"([\\w.+/=~-]{16,})\"");

  private static final Pattern COOKIE = Pattern.compile("([^=]+)=([^;]{16,}).*");

  private static final Pattern URL_PASSWORD =
      Pattern.compile("://[^:/@]+:([^@/]+)@|[?&]password=([^&]+)");

  /// What comes in front of the random part, and may be anywhere: what kind it is and whose tenant;
  /// header and claims of a JWT.
  private static final Pattern PREFIX = Pattern.compile("hf_|h[a-z]_\\d+_|eyJ[^.]*\\.[^.]*\\.");

  // Of tests that use a name as a password, which is refused.
  private static final String NAME = "someone-";

  private Secrets() {}

  static void add(String kind, String text) {
    Matcher prefix = PREFIX.matcher(text);
    String secret = prefix.lookingAt() ? text.substring(prefix.end()) : text;
    if (secret.length() >= LeakSearch.MIN_LENGTH && !secret.startsWith(NAME)) {
      ALL.putIfAbsent(secret, kind);
    }
  }

  static void addAllOfRequest(String body) {
    addMembers(PASSWORD_MEMBER, body);
    addMembers(TOKEN_MEMBER, body);
  }

  private static void addMembers(Pattern members, String body) {
    members.matcher(body).results().forEach(member -> add(member.group(1), member.group(2)));
  }

  /// The password in the address of a database.
  static void addOfUrl(String url) {
    URL_PASSWORD
        .matcher(url)
        .results()
        .forEach(found -> add("database password", found.group(found.group(1) == null ? 2 : 1)));
  }

  static void addOfAnswer(Answer answer) {
    addMembers(TOKEN_MEMBER, answer.body());
    addCookies(answer.headers());
    if (answer.status() >= 400) {
      PROBLEMS.add(answer.body() + answer.headers().map());
    }
  }

  private static void addCookies(HttpHeaders headers) {
    for (String header : headers.allValues("Set-Cookie")) {
      Matcher cookie = COOKIE.matcher(header);
      if (cookie.matches()) {
        add("cookie", cookie.group(2));
      }
    }
  }

  /// What kind each is of, by the secret.
  static Map<String, String> all() {
    return Map.copyOf(ALL);
  }

  /// Bodies and headers.
  static Set<String> problems() {
    return Set.copyOf(PROBLEMS);
  }
}
