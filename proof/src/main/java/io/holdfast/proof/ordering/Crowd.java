package io.holdfast.proof.ordering;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.holdfast.proof.history.Ticker;
import io.holdfast.proof.http.Connection;
import io.holdfast.proof.http.Endpoint;
import io.holdfast.proof.http.Request;
import io.holdfast.proof.http.Response;
import io.holdfast.proof.shop.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// Buyers who place one order after the other, all at the same time. Whoever gets no definite
/// answer asks the other node, with the same key; and some ask again though they have one.
public final class Crowd {
  /// How many items there are to be ordered.
  public static final int ITEMS = 4;

  /// Units of each item, so few that the last buyers get none.
  public static final long SUPPLY = 350;

  private static final int BUYERS = 40;
  private static final int ORDERS = 15;
  private static final int LINES_MAX = 3;
  private static final int UNITS_MAX = 2;
  private static final int PAUSE_MILLIS_MAX = 150;
  private static final int REPEATED_ONE_IN = 4;
  private static final int TIMEOUT_MILLIS = 20_000;
  private static final int RETRY_MILLIS = 100;
  private static final int TRIES_MAX = 200;

  private final List<Endpoint> nodes;
  private final String credential;
  private final String run;
  private final long seed;
  private final Queue<Placing> placings = new ConcurrentLinkedQueue<>();

  /// @param run names items and keys
  public Crowd(List<Endpoint> nodes, String credential, String run, long seed) {
    this.nodes = List.copyOf(nodes);
    this.credential = credential;
    this.run = run;
    this.seed = seed;
  }

  public static String sku(String run, int item) {
    return run + "-" + item;
  }

  /// @param start when all begin
  public List<Placing> run(long start) throws Exception {
    CountDownLatch ready = new CountDownLatch(BUYERS);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> buyers = new ArrayList<>();
      for (int i = 0; i < BUYERS; i++) {
        int buyer = i;
        buyers.add(
            threads.submit(
                () -> {
                  ready.countDown();
                  ready.await();
                  Ticker.pauseUntil(start);
                  buy(buyer, new SplittableRandom(seed * BUYERS + buyer));
                  return null;
                }));
      }
      for (Future<?> buyer : buyers) {
        buyer.get();
      }
    }
    return List.copyOf(placings);
  }

  private void buy(int buyer, SplittableRandom random) {
    for (int order = 0; order < ORDERS; order++) {
      Ticker.pauseMillis(random.nextInt(PAUSE_MILLIS_MAX));
      Wanted wanted = Wanted.draw(run, run + "-" + buyer + "-" + order, random);
      Placing answer = settle(buyer, wanted);
      if (answer.isPlaced() && random.nextInt(REPEATED_ONE_IN) == 0) {
        settle(buyer, wanted);
      }
    }
  }

  /// Asks until there is a definite answer.
  private Placing settle(int buyer, Wanted wanted) {
    Placing answer = ask(buyer, wanted, 0);
    for (int tries = 1; tries < TRIES_MAX && !answer.isDefinite(); tries++) {
      Ticker.pauseMillis(RETRY_MILLIS);
      answer = ask(buyer, wanted, tries);
    }
    return answer;
  }

  /// What is to be ordered.
  private record Wanted(String key, long units, String body) {
    static Wanted draw(String run, String key, SplittableRandom random) {
      int first = random.nextInt(ITEMS);
      List<Map<String, Object>> lines = new ArrayList<>();
      long units = 0;
      for (int i : IntStream.rangeClosed(0, random.nextInt(LINES_MAX)).toArray()) {
        int quantity = random.nextInt(1, UNITS_MAX + 1);
        units += quantity;
        lines.add(Map.of("sku", sku(run, (first + i) % ITEMS), "quantity", quantity));
      }
      return new Wanted(key, units, Json.write(Map.of("lines", lines)));
    }
  }

  private Placing ask(int buyer, Wanted wanted, int tries) {
    long start = Ticker.nanos();
    Response response;
    Endpoint node = nodes.get((buyer + tries) % nodes.size());
    try (Connection connection = Connection.open(node, TIMEOUT_MILLIS)) {
      response = connection.exchange(request(wanted));
    } catch (IOException lost) {
      response = new Response(0, Map.of(), "");
    }
    Placing placing = answered(buyer, wanted, start, response);
    placings.add(placing);
    return placing;
  }

  private Request request(Wanted wanted) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (!credential.isEmpty()) {
      headers.put("Authorization", "Bearer " + credential);
    }
    headers.put("Idempotency-Key", wanted.key());
    return new Request("POST", "/v1/orders", headers, wanted.body());
  }

  private static Placing answered(int buyer, Wanted wanted, long start, Response response) {
    JsonNode body = read(response.body());
    return new Placing(
        buyer,
        wanted.key(),
        wanted.units(),
        response.status(),
        body.path("code").textValue(),
        response.header("retry-after").isPresent(),
        body.path("id").textValue(),
        body.path("number").textValue(),
        response.body(),
        start,
        Ticker.nanos());
  }

  /// An answer that is no JSON has neither code nor number, but it is an answer.
  private static JsonNode read(String body) {
    try {
      return Json.read(body);
    } catch (IOException notJson) {
      return MissingNode.getInstance();
    }
  }
}
