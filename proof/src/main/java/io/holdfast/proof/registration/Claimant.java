package io.holdfast.proof.registration;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.proof.history.Ticker;
import io.holdfast.proof.http.Connection;
import io.holdfast.proof.http.Endpoint;
import io.holdfast.proof.http.Request;
import io.holdfast.proof.http.Response;
import io.holdfast.proof.registration.Attempt.Kind;
import io.holdfast.proof.shop.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// Somebody who wants a name, at one node after the other. Not for several threads.
///
/// @param number the password is made from it
record Claimant(Door door, int name, String spelling, int number, Queue<Attempt> attempts) {

  private static final int TIMEOUT_MILLIS = 20_000;
  private static final int PAUSE_MILLIS = 500;
  private static final int TRIES_MAX = 60;

  /// Where everybody comes in.
  ///
  /// @param run makes passwords differ from those of other runs
  record Door(List<Endpoint> nodes, String tenant, String run) {}

  Connection connect() throws IOException {
    return Connection.open(node(0), TIMEOUT_MILLIS);
  }

  /// Registers until there is a definite answer, and logs in if that is a yes, or if one was lost.
  void claim(Connection first) {
    Attempt answer = ask(Kind.REGISTER, 0, first);
    boolean wasLost = answer.isUnknown();
    for (int tries = 1; tries < TRIES_MAX && isOpen(answer); tries++) {
      Ticker.pauseMillis(PAUSE_MILLIS);
      answer = ask(Kind.REGISTER, tries, null);
      wasLost |= answer.isUnknown();
    }
    if (wasLost || answer.status() == 201) {
      logIn();
    }
  }

  /// At the node beside the one where it registered.
  void logIn() {
    Attempt answer = ask(Kind.LOG_IN, 1, null);
    for (int tries = 1; tries < TRIES_MAX && isOpen(answer); tries++) {
      Ticker.pauseMillis(PAUSE_MILLIS);
      answer = ask(Kind.LOG_IN, tries + 1, null);
    }
  }

  private static boolean isOpen(Attempt answer) {
    return answer.isUnknown() || answer.isBusy();
  }

  private Endpoint node(int tries) {
    return door.nodes().get((number + tries) % door.nodes().size());
  }

  private Attempt ask(Kind kind, int tries, @Nullable Connection open) {
    long start = Ticker.nanos();
    Attempt attempt;
    try (Connection connection =
        open == null ? Connection.open(node(tries), TIMEOUT_MILLIS) : open) {
      attempt = answered(kind, start, connection.exchange(request(kind)));
    } catch (IOException lost) {
      attempt = answered(kind, start, new Response(0, Map.of(), ""));
    }
    attempts.add(attempt);
    return attempt;
  }

  private Attempt answered(Kind kind, long start, Response response) {
    JsonNode body = Json.orMissing(response.status() < 400 ? "" : response.body());
    return new Attempt(
        name,
        number,
        kind,
        spelling,
        response.status(),
        body.path("code").textValue(),
        body.path("detail").textValue(),
        response.header("retry-after").isPresent(),
        start,
        Ticker.nanos());
  }

  private Request request(Kind kind) {
    Map<String, String> body = new LinkedHashMap<>();
    body.put("tenant", door.tenant());
    body.put("username", spelling);
    body.put("password", "of claimant " + number + " in " + door.run());
    if (kind == Kind.REGISTER) {
      body.put("email", "prover@example.org");
      body.put("name", "Prover");
    }
    String path = kind == Kind.REGISTER ? "/v1/auth/register" : "/v1/auth/login";
    return new Request("POST", path, Map.of(), Json.write(body));
  }
}
