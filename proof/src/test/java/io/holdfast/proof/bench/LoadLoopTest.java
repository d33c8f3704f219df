package io.holdfast.proof.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoadLoopTest {

  private static final long MEASURED_NANOS = 500_000_000;

  @Test
  void sendsEveryRequestWithAKeyOfItsOwnAndCountsTheAnswers() throws Exception {
    Set<String> keys = ConcurrentHashMap.newKeySet();
    AtomicInteger requests = new AtomicInteger();
    LoadLoop loop =
        load(
            201,
            key -> {
              keys.add(key);
              requests.incrementAndGet();
            });
    assertEquals(requests.get(), keys.size());
    assertEquals(0, loop.others());
    long counted = loop.latencies().getTotalCount();
    assertTrue(counted > 0 && counted <= requests.get());
  }

  @Test
  void countsNoSuccessThatIsNone() throws Exception {
    LoadLoop loop = load(409, _ -> {});
    assertEquals(0, loop.latencies().getTotalCount());
    assertTrue(loop.others() > 0);
  }

  @Test
  void keepsToItsPaceWhenItHasOne() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    LoadLoop loop = load(201, 200, _ -> requests.incrementAndGet());
    assertEquals(0, loop.others());
    // Half a second of 200 a second.
    assertTrue(requests.get() >= 50 && requests.get() <= 101, "sent " + requests);
  }

  private interface Witness {
    void saw(String key);
  }

  private static LoadLoop load(int status, Witness witness) throws Exception {
    return load(status, 0, witness);
  }

  private static LoadLoop load(int status, int perSecond, Witness witness) throws Exception {
    HttpServer shop =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      shop.setExecutor(threads);
      shop.createContext(
          "/v1/reservations",
          exchange -> {
            witness.saw(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status, 2);
            exchange.getResponseBody().write(new byte[] {'{', '}'});
            exchange.close();
          });
      shop.start();
      String url = "http://127.0.0.1:" + shop.getAddress().getPort();
      LoadJob job =
          new LoadJob(List.of(url), "hf_test", List.of("cake", "fudge"), 0, 8, perSecond, 0, 500);
      long now = System.nanoTime();
      LoadLoop loop =
          new LoadLoop(
              new LoadRequests(job, new SplittableRandom(1)),
              job.pauseNanos(),
              now,
              now + MEASURED_NANOS);
      loop.run(job.connections());
      shop.stop(0);
      return loop;
    }
  }
}
