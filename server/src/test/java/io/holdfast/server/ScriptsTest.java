package io.holdfast.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The scripts of all pages of our own: what is told by a node is a text to them, and never markup,
/// code, an address or the name of a member. And the page on which people log in.
class ScriptsTest {
  private static final Path RESOURCES = Path.of("src", "main", "resources");

  private static final Pattern MARKUP =
      Pattern.compile(
          "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|DOMParser"
              + "|createContextualFragment|srcdoc");
  private static final Pattern CODE =
      Pattern.compile("\\beval\\(|new Function|set(?:Timeout|Interval)\\(\\s*['\"`]|import\\(");
  private static final Pattern FOREIGN =
      Pattern.compile(
          "postMessage|['\"]message['\"]|https?://(?!www\\.w3\\.org/)|XMLHttpRequest|WebSocket"
              + "|sendBeacon");
  private static final Pattern MEMBERS =
      Pattern.compile("__proto__|\\.prototype\\b|for \\((?:const|let|var) \\w+ in |setPrototypeOf");

  private static final Pattern FIELD = Pattern.compile("<input[^>]*>");
  private static final Pattern SECRET_FIELD =
      Pattern.compile("name=\"(?:\\w*password|key|token|secret)\"");

  @Test
  void setTextsAsTexts() throws IOException {
    assertEquals(List.of(), found(MARKUP));
  }

  @Test
  void runNothingThatTheyWereTold() throws IOException {
    assertEquals(List.of(), found(CODE));
  }

  @Test
  void talkToNobodyButTheirNode() throws IOException {
    assertEquals(List.of(), found(FOREIGN));
  }

  @Test
  void nameNoMembersByWhatTheyWereTold() throws IOException {
    assertEquals(List.of(), found(MEMBERS));
  }

  /// Managers of passwords know a field by its type and by what it says that it is for.
  @Test
  void askForPasswordsInFieldsThatHideThemAndMayBeFilled() throws IOException {
    Path page = RESOURCES.resolve("io/holdfast/server/console/page/index.html");
    List<String> fields =
        FIELD.matcher(Files.readString(page)).results().map(MatchResult::group).toList();
    List<String> secret =
        fields.stream().filter(field -> SECRET_FIELD.matcher(field).find()).toList();
    assertTrue(secret.size() >= 2, secret.toString());
    for (String field : secret) {
      assertTrue(field.contains("type=\"password\""), field);
    }
    assertTrue(secret.toString().contains("autocomplete=\"current-password\""));
    assertEquals(List.of(), found(Pattern.compile("['\"](?:paste|beforeinput)['\"]|\\bonpaste")));
  }

  @Test
  void haveTheWayOutOnThePage() throws IOException {
    Path folder = RESOURCES.resolve("io/holdfast/server/console/page");
    String head =
        Files.readString(folder.resolve("index.html"))
            .replaceFirst("(?s).*<header", "")
            .replaceFirst("(?s)</header>.*", "");
    assertTrue(head.contains("id=\"leave\""), head);
    assertTrue(Files.readString(folder.resolve("account.js")).contains("at('leave')"));
  }

  private static List<String> found(Pattern pattern) throws IOException {
    List<String> found = new ArrayList<>();
    List<Path> scripts = scripts();
    for (Path script : scripts) {
      pattern
          .matcher(Files.readString(script))
          .results()
          .map(match -> script.getFileName() + ": " + match.group())
          .forEach(found::add);
    }
    assertTrue(scripts.size() >= 10, scripts.toString());
    return found;
  }

  private static List<Path> scripts() throws IOException {
    try (Stream<Path> files = Files.walk(RESOURCES)) {
      return files.filter(file -> file.toString().endsWith(".js")).toList();
    }
  }
}
