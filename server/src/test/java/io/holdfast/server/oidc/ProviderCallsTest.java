package io.holdfast.server.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.holdfast.server.problem.ProblemException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A provider that answers as none should.
class ProviderCallsTest {
  private static final Duration MAX_WAIT = Duration.ofMillis(400);
  private static final int MAX_AT_ONCE = 16;

  private final HttpClient client = ProviderCalls.newClient();
  private final ProviderCalls calls = new ProviderCalls(client, MAX_WAIT);
  private final CountDownLatch over = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
    threads.shutdownNow();
    client.close();
  }

  private URI answering(HttpHandler handler) {
    server.createContext("/x", handler);
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/x");
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    exchange.sendResponseHeaders(status, body.isEmpty() ? -1 : body.length());
    exchange.getResponseBody().write(body.getBytes(UTF_8));
    exchange.close();
  }

  @Test
  void sendsAFormAndReadsAnObject() {
    AtomicReference<String> form = new AtomicReference<>("");
    URI address =
        answering(
            exchange -> {
              form.set(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
              send(exchange, 400, "{\"error\":\"invalid_grant\"}");
            });
    ProviderCalls.Answer answer = calls.post(address, Map.of("code", "a&b=c d"), Map.of());
    assertEquals("code=a%26b%3Dc+d", form.get());
    assertEquals(400, answer.status());
    assertEquals("invalid_grant", answer.body().path("error").asText());
  }

  @Test
  void whoDoesNotAnswerIsNotWaitedFor() {
    assertEnds("provider_unreachable", answering(_ -> awaitEnd()));
  }

  @Test
  void whoAnswersByTheByteIsNotWaitedFor() {
    assertEnds(
        "provider_unreachable",
        answering(
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              exchange.getResponseBody().write('{');
              exchange.getResponseBody().flush();
              awaitEnd();
            }));
  }

  @Test
  void whoIsNotThereIsNotReached() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    assertEnds("provider_unreachable", URI.create("http://127.0.0.1:" + closed));
  }

  @Test
  void anEndlessAnswerIsNotRead() {
    assertEnds(
        "provider_unreachable",
        answering(exchange -> send(exchange, 200, "\"" + "x".repeat(300_000) + "\"")));
  }

  @Test
  void nobodyIsFollowedElsewhere() {
    URI address =
        answering(
            exchange -> {
              exchange.getResponseHeaders().add("Location", "/y");
              send(exchange, 302, "{}");
            });
    server.createContext("/y", exchange -> send(exchange, 200, "{}"));
    assertEnds("provider_unusable", address);
  }

  @Test
  void whatIsNoObjectCanNotBeUsed() {
    URI address = answering(exchange -> send(exchange, 200, "[]"));
    assertEnds("provider_unusable", address);
    server.removeContext("/x");
    assertEnds("provider_unusable", answering(exchange -> send(exchange, 200, "<html>")));
    server.removeContext("/x");
    assertEnds(
        "provider_unusable", answering(exchange -> send(exchange, 200, "{\"a\":1,\"a\":2}")));
  }

  @Test
  void asManyWaitAsMayAndTheOthersAreToldAtOnce() throws Exception {
    CountDownLatch waiting = new CountDownLatch(MAX_AT_ONCE);
    ProviderCalls patient = new ProviderCalls(client, Duration.ofSeconds(30));
    URI address =
        answering(
            exchange -> {
              waiting.countDown();
              awaitEnd();
              send(exchange, 200, "{}");
            });
    try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < MAX_AT_ONCE; i++) {
        var _ = people.submit(() -> patient.get(address));
      }
      assertTrue(waiting.await(20, TimeUnit.SECONDS));
      ProblemException refused = assertThrows(ProblemException.class, () -> patient.get(address));
      assertEquals("provider_unreachable", refused.problem().code());
      over.countDown();
    }
    assertEquals("{}", patient.get(address).toString());
  }

  private void awaitEnd() {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void assertEnds(String code, URI address) {
    long began = System.nanoTime();
    ProblemException refused = assertThrows(ProblemException.class, () -> calls.get(address));
    assertEquals(code, refused.problem().code(), refused.getMessage());
    assertTrue(System.nanoTime() - began < TimeUnit.SECONDS.toNanos(20));
  }
}
