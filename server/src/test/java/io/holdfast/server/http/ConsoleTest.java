package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.server.http.Shop.Reply;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The console as a browser gets it: all files that the page loads, and all that those load.
class ConsoleTest {
  private static final String PAGE = "/console";
  private static final String ROUTES = PAGE + "/routes.js";
  private static final Pattern LOADED =
      Pattern.compile("(?:src|href)=\"(/console/[^\"]+)\"|from '\\.(/[^']+)'");
  private static final Pattern ROUTE = Pattern.compile("'([A-Z]+) (/[^']+)'");
  private static final Pattern INLINE =
      Pattern.compile("<script(?! type=\"module\" src=)|<style|\\sstyle=|\\son\\w+=|javascript:");

  private final Shop stranger = TestNode.shared().stranger();
  private final Map<String, Reply> files = loaded();

  private Map<String, Reply> loaded() {
    Map<String, Reply> loaded = new TreeMap<>();
    Deque<String> left = new ArrayDeque<>(List.of(PAGE));
    while (!left.isEmpty()) {
      String address = left.remove();
      Reply file = stranger.get(address);
      loaded.put(address, file);
      LOADED
          .matcher(file.text())
          .results()
          .map(found -> found.group(1) == null ? PAGE + found.group(2) : found.group(1))
          .filter(next -> !loaded.containsKey(next) && !left.contains(next))
          .forEach(left::add);
    }
    return loaded;
  }

  @Test
  void isServedToAnybodyWithHeadersThatKeepItToItself() {
    assertEquals(21, files.size(), files.keySet().toString());
    files.forEach(
        (address, file) -> {
          assertEquals(200, file.status(), address);
          assertEquals(mediaType(address), file.header("Content-Type"), address);
          assertEquals(
              "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
                  + "connect-src 'self'; base-uri 'none'; form-action 'none'; "
                  + "frame-ancestors 'none'",
              file.header("Content-Security-Policy"),
              address);
          assertEquals("nosniff", file.header("X-Content-Type-Options"), address);
          assertEquals("no-referrer", file.header("Referrer-Policy"), address);
          assertEquals("no-store", file.header("Cache-Control"), address);
        });
    assertEquals(text(PAGE), stranger.get(PAGE + "/login").text());
    assertEquals(404, stranger.get("/console/index.html").status());
    assertEquals(404, stranger.get("/console/page.js").status());
    assertEquals(404, stranger.get("/console/package-info.class").status());
  }

  @Test
  void hasNothingInItThatItsOwnPolicyForbids() {
    assertEquals(List.of(), INLINE.matcher(text(PAGE)).results().map(MatchResult::group).toList());
    files.values().stream()
        .map(Reply::text)
        .forEach(
            text -> {
              assertFalse(text.contains("innerHTML"), text);
              assertFalse(text.contains("eval("), text);
            });
  }

  @Test
  void asksOnlyRoutesThatAreDescribed() {
    List<MatchResult> named = ROUTE.matcher(text(ROUTES)).results().toList();
    assertEquals(55, named.size());
    for (MatchResult route : named) {
      String allowed = ApiDescription.committed().allowed(route.group(2));
      assertTrue(List.of(allowed.split(", ", -1)).contains(route.group(1)), route.group());
    }
    files.forEach(
        (address, file) ->
            assertEquals(address.equals(ROUTES), file.text().contains("/v1/"), address));
  }

  /// What a browser stores outlives the page, and who sits before it.
  @Test
  void storesNothingInTheBrowser() {
    Pattern storing =
        Pattern.compile(
            "sessionStorage|localStorage|indexedDB|document\\.cookie|cookieStore|caches\\b");
    files.forEach((address, file) -> assertFalse(storing.matcher(file.text()).find(), address));
  }

  private String text(String address) {
    return Objects.requireNonNull(files.get(address), address).text();
  }

  private static String mediaType(String address) {
    return switch (address.substring(address.indexOf('.') + 1)) {
      case "css" -> "text/css;charset=UTF-8";
      case "js" -> "text/javascript;charset=UTF-8";
      case "svg" -> "image/svg+xml";
      default -> "text/html;charset=UTF-8";
    };
  }
}
