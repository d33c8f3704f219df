package io.holdfast.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What is asked of a database, and what a text is matched with, is written in the sources and
/// never put together while a node runs. The sources are looked at, since a compiled class no
/// longer says how a text came about.
class SourcesTest {
  private static final List<String> MODULES = List.of("server", "stock", "stock-redis", "postgres");

  private static final Pattern ASKED =
      Pattern.compile(
          "(?:\\.(?:createQuery|createUpdate|createCall|createScript|prepareBatch|prepareStatement"
              + "|prepareCall|executeQuery|executeUpdate)|\\b(?:handle|statement)\\.execute)"
              + "\\(\\s*(?!\\))([^,)]+)");

  /// A constant, or what a caller passes on.
  private static final Pattern NAMED = Pattern.compile("(?:\\w+\\.)*\\w+\\s*");

  private static final Pattern PUT_TOGETHER =
      Pattern.compile(
          "\\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM)\\b[^\"]*"
              + "(?:\"\\s*(?:\\+\\s*[a-z(]|\\.formatted)"
              + "|\"\"\"\\s*(?:\\+|\\.formatted|\\.replace))");

  /// One joins constants with semicolons; one names a database, which no parameter can, and checks
  /// the name; one joins the parts of a search, which are constants of its callers in one package.
  private static final Set<String> LOOKED_AT =
      Set.of("RoundTrip.java", "Logins.java", "Statement.java");

  private static final Pattern OWN_EXPRESSION =
      Pattern.compile(
          "Pattern\\.compile\\(\\s*[^\"\\sA-Z]"
              + "|\\.(?:matches|replaceAll|replaceFirst)\\(\\s*[a-z]\\w*\\s*[+,]");

  private static final Pattern WEAK =
      Pattern.compile(
          "(?i:\\bmd5\\b|\\bsha-?1\\b|hmacsha1|/ecb/|pkcs1padding)"
              + "|\"(?:DES|DESede|RC4|Blowfish)\\b");

  @Test
  void noStatementIsPutTogether() throws IOException {
    List<String> found = new ArrayList<>();
    int statements = 0;
    for (Path source : sources()) {
      String text = Files.readString(source);
      for (String asked : ASKED.matcher(text).results().map(one -> one.group(1)).toList()) {
        statements++;
        if (!NAMED.matcher(asked).matches()
            && !LOOKED_AT.contains(source.getFileName().toString())) {
          found.add(source + ": " + asked);
        }
      }
    }
    found.addAll(found(PUT_TOGETHER));
    assertTrue(statements > 100, "only " + statements + " statements were found");
    assertEquals(List.of(), found);
  }

  @Test
  void noExpressionIsMadeOfWhatSomebodySaid() throws IOException {
    assertEquals(List.of(), found(OWN_EXPRESSION));
  }

  @Test
  void noWeakDigestOrCipherIsNamed() throws IOException {
    assertEquals(List.of(), found(WEAK));
  }

  private static List<String> found(Pattern pattern) throws IOException {
    List<String> found = new ArrayList<>();
    for (Path source : sources()) {
      pattern
          .matcher(Files.readString(source))
          .results()
          .map(match -> source + ": " + match.group())
          .forEach(found::add);
    }
    return found;
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String module : MODULES) {
      try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main"))) {
        files
            .filter(file -> file.toString().matches(".*\\.(?:java|sql)"))
            .filter(file -> !file.toString().contains("/bench/"))
            .forEach(sources::add);
      }
    }
    assertTrue(sources.size() > 300, "only " + sources.size() + " sources were found");
    return sources;
  }
}
