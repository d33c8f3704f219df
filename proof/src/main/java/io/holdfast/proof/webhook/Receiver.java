package io.holdfast.proof.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.holdfast.proof.history.Ticker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Where webhooks are sent to, on this machine. Of the first attempts one in four is refused, one
/// in eight gets no answer, and one in eight a late one; all others are accepted.
public final class Receiver implements AutoCloseable {
  private static final String PATH = "/hook";
  private static final int BACKLOG = 500;
  private static final int LATE_MILLIS = 300;
  private static final int MIXER = 0x9E3779B9;
  private static final int CASES = 32;

  private enum Treatment {
    ACCEPT(204),
    DELAY(204),
    REFUSE(500),
    DROP(0);

    private final int answer;

    Treatment(int answer) {
      this.answer = answer;
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final Queue<Delivery> deliveries = new ConcurrentLinkedQueue<>();

  private Receiver(HttpServer server) {
    this.server = server;
  }

  public static Receiver open() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    Receiver receiver = new Receiver(server);
    server.createContext(PATH, receiver::receive);
    server.setExecutor(receiver.threads);
    server.start();
    return receiver;
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + PATH;
  }

  public List<Delivery> deliveries() {
    return List.copyOf(deliveries);
  }

  private void receive(HttpExchange exchange) throws IOException {
    long arrived = Ticker.nanos();
    long arrivedMillis = System.currentTimeMillis();
    Map<String, String> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Treatment treatment = treatment(headers.getOrDefault("webhook-id", ""));
    if (treatment == Treatment.DELAY) {
      Ticker.pauseMillis(LATE_MILLIS);
    }
    // Noted before it is answered: what comes next is sent when the answer is there.
    deliveries.add(
        new Delivery(headers, body, treatment.answer, arrivedMillis, arrived, Ticker.nanos()));
    if (treatment != Treatment.DROP) {
      exchange.sendResponseHeaders(treatment.answer, -1);
    }
    exchange.close();
  }

  /// By the id and not by counting: in which order attempts arrive is not for us to say.
  private Treatment treatment(String id) {
    if (!seen.add(id)) {
      return Treatment.ACCEPT;
    }
    int chance = Math.floorMod((MIXER * id.hashCode()) >> Short.SIZE, CASES);
    if (chance < CASES / 4) {
      return Treatment.REFUSE;
    }
    if (chance < CASES * 3 / 8) {
      return Treatment.DROP;
    }
    return chance < CASES / 2 ? Treatment.DELAY : Treatment.ACCEPT;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
