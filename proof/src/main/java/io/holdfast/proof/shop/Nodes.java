package io.holdfast.proof.shop;

import io.holdfast.proof.history.Ticker;
import io.holdfast.proof.http.Connection;
import io.holdfast.proof.http.Endpoint;
import io.holdfast.proof.http.Request;
import io.holdfast.proof.http.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The nodes of a shop, any of which may be asked. Each try has a connection of its own.
public record Nodes(List<Endpoint> endpoints, String credential) {
  private static final int TIMEOUT_MILLIS = 20_000;
  private static final int RETRY_MILLIS = 100;
  private static final int TRIES_MAX = 200;

  public Nodes {
    endpoints = List.copyOf(endpoints);
  }

  /// The node of a number, which may be larger than there are nodes.
  public Endpoint node(int number) {
    return endpoints.get(Math.floorMod(number, endpoints.size()));
  }

  public Try get(int node, String path) {
    return ask(node, Request.of("GET", path, credential, "", ""));
  }

  /// Asks one node after the other, with the same key, until there is a definite answer.
  ///
  /// @param first the node that is asked first
  /// @return all tries; the last one is definite unless nobody ever gave a definite answer
  public List<Try> post(int first, String path, String key, String body) {
    Request request = Request.of("POST", path, credential, key, body);
    List<Try> tries = new ArrayList<>(List.of(ask(first, request)));
    while (tries.size() < TRIES_MAX && !tries.getLast().isDefinite()) {
      Ticker.pauseMillis(RETRY_MILLIS);
      tries.add(ask(first + tries.size(), request));
    }
    return tries;
  }

  private Try ask(int node, Request request) {
    long start = Ticker.nanos();
    Response response;
    try (Connection connection = Connection.open(node(node), TIMEOUT_MILLIS)) {
      response = connection.exchange(request);
    } catch (IOException lost) {
      response = new Response(0, Map.of(), "");
    }
    return new Try(
        response.status(),
        response.header("retry-after").isPresent(),
        response.body(),
        start,
        Ticker.nanos());
  }
}
