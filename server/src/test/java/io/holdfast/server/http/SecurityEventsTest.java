package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.server.http.Program.Ended;
import io.holdfast.server.http.Shop.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Whoever is turned away at the door of a node is in its log, with nothing of what they showed.
class SecurityEventsTest {
  private static final String GUESSED = "hf_" + "G".repeat(43);
  private static final String REFRESH = "hr_1_" + "G".repeat(43);

  @Test
  void whoeverIsTurnedAwayIsInTheLog() throws Exception {
    People people = new People("sweet-shop");
    String name = people.registered();
    String stolen = people.loggedIn(name).refresh();
    assertEquals(200, people.refresh(stolen).status());
    Path folder = DataFolder.fresh();
    Program node =
        Program.start(
            "serve",
            "--port",
            "0",
            "--audit-interval-seconds",
            "0",
            "--data-dir",
            folder.toString(),
            "--db-url",
            DataFolder.databaseUrl(TestNode.shared().folder()));
    Shop stranger = new Shop(node.address(), null);
    String login = "{\"tenant\":\"sweet-shop\",\"username\":\"%s\",\"password\":\"a guess\"}";
    Reply wrong = stranger.post("/v1/auth/login", login.formatted(name));
    Reply unknown = stranger.post("/v1/auth/login", login.formatted("no-such"));
    Reply key = new Shop(node.address(), GUESSED).get("/v1/items");
    Reply token =
        stranger.post("/v1/auth/refresh", "{\"refresh_token\":\"%s\"}".formatted(REFRESH));
    Reply again = stranger.post("/v1/auth/refresh", "{\"refresh_token\":\"%s\"}".formatted(stolen));
    Reply signature =
        stranger.send(stranger.request("/v1/items").header("Holdfast-Key-Id", "nightly").GET());
    Reply foreign =
        stranger.send(
            stranger
                .request("/v1/items")
                .header("Sec-Fetch-Site", "cross-site")
                .POST(BodyPublishers.noBody()));
    Reply asked = stranger.get("/v1/items");
    Ended ended = node.terminate();

    List<String> errors = ended.errors();
    assertLine(errors, "event=wrong_credentials who=\"user ", wrong);
    assertLine(errors, "event=wrong_credentials who=\"nobody\" address=127.0.0.1", unknown);
    assertLine(errors, "event=unauthorized who=\"nobody\"", key);
    assertLine(errors, "event=token_refused", token);
    assertLine(errors, "event=token_refused who=\"user ", again);
    assertLine(errors, "event=signature_refused", signature);
    assertLine(errors, "event=foreign_browser_request", foreign);
    assertFalse(errors.toString().contains(asked.header("X-Request-Id")));
    for (String shown : List.of("a guess", "no-such", name, GUESSED, REFRESH, stolen, "GGGG")) {
      assertFalse(errors.toString().contains(shown), shown);
    }
  }

  private static void assertLine(List<String> errors, String event, Reply reply) {
    String request = "request=" + reply.header("X-Request-Id");
    List<String> lines = errors.stream().filter(line -> line.contains(request)).toList();
    assertEquals(1, lines.size(), event + " in " + errors);
    assertTrue(lines.getFirst().contains(event), lines.getFirst());
  }
}
