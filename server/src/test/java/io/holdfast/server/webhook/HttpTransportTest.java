package io.holdfast.server.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.holdfast.server.http.SelfSignedStore;
import io.holdfast.server.origin.Network;
import io.holdfast.server.webhook.Outcome.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Against a server on this machine that answers as a test wants.
class HttpTransportTest {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Destinations here = new Destinations(List.of(Network.parse("127.0.0.0/8")));
  private final HttpTransport transport = transport(here);
  private HttpServer server;

  private static HttpTransport transport(Destinations destinations) {
    return new HttpTransport(destinations, InstantSource.system(), Duration.ofSeconds(2));
  }

  HttpTransportTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void start() {
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    transport.close();
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpHandler handler) {
    server.createContext("/", handler);
  }

  private Outcome post() {
    return transport.post(to("http://127.0.0.1:" + server.getAddress().getPort() + "/hook?a=b"));
  }

  private static Transport.Post to(String url) {
    return new Transport.Post(
        WebhookUrl.parse(url), Map.of("webhook-id", "7.42"), "{\"name\":\"Ü\"}", 0);
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  @Test
  void whatIsSentArrivesAsItIs() {
    AtomicReference<String> got = new AtomicReference<>();
    answer(
        exchange -> {
          got.set(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Host")
                  + " "
                  + exchange.getRequestHeaders().getFirst("webhook-id")
                  + " "
                  + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          answer(exchange, 204);
        });
    assertEquals(new Outcome.Taken(), post());
    assertEquals(
        "POST /hook?a=b 127.0.0.1:" + server.getAddress().getPort() + " 7.42 {\"name\":\"Ü\"}",
        got.get());
  }

  @Test
  void whatIsNoYesIsNone() {
    AtomicInteger status = new AtomicInteger();
    answer(
        exchange -> {
          exchange.getResponseHeaders().add("Retry-After", "77");
          answer(exchange, status.get());
        });
    for (int code : List.of(300, 304, 400, 404, 410, 429, 500, 503)) {
      status.set(code);
      assertEquals(new Outcome.Refused(code, Duration.ofSeconds(77)), post());
    }
  }

  @Test
  void aRedirectIsNotFollowed() {
    AtomicInteger asked = new AtomicInteger();
    answer(
        exchange -> {
          asked.incrementAndGet();
          exchange.getResponseHeaders().add("Location", "/elsewhere");
          answer(exchange, 307);
        });
    assertEquals(new Outcome.Refused(307, Duration.ZERO), post());
    assertEquals(1, asked.get());
  }

  @Test
  void whoDoesNotAnswerIsNotWaitedForForever() {
    CountDownLatch never = new CountDownLatch(1);
    answer(
        exchange -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            exchange.close();
          }
        });
    long begun = System.nanoTime();
    assertEquals(new Outcome.Failed(Fault.TIMED_OUT), post());
    assertTrue(System.nanoTime() - begun < Duration.ofSeconds(10).toNanos());
  }

  @Test
  void aConnectionThatEndsIsNoAnswer() {
    answer(HttpExchange::close);
    assertEquals(new Outcome.Failed(Fault.CONNECTION_LOST), post());
  }

  @Test
  void aLargeAnswerDoesNoHarm() {
    answer(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] part = new byte[1 << 16];
          try (var body = exchange.getResponseBody()) {
            for (int i = 0; i < 1_000; i++) {
              body.write(part);
            }
          } catch (IOException e) {
            // It has hung up, as it should.
            exchange.close();
          }
        });
    for (int i = 0; i < 3; i++) {
      assertEquals(new Outcome.Taken(), post());
    }
  }

  @Test
  void whereNobodyListensNothingIsSent() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertEquals(
        new Outcome.Failed(Fault.NOT_CONNECTED),
        transport.post(to("http://127.0.0.1:" + port + "/")));
  }

  @Test
  void whoNobodyVouchesForIsNotTrusted() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    HttpsServer secure =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    secure.setHttpsConfigurator(new HttpsConfigurator(SelfSignedStore.server()));
    secure.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          answer(exchange, 200);
        });
    secure.setExecutor(threads);
    secure.start();
    try {
      String url = "https://127.0.0.1:" + secure.getAddress().getPort() + "/";
      assertEquals(new Outcome.Failed(Fault.NOT_TRUSTED), transport.post(to(url)));
      assertEquals(0, asked.get());
    } finally {
      secure.stop(0);
    }
  }

  @Test
  void whatMustNotBeSentToIsNotAsked() {
    AtomicInteger asked = new AtomicInteger();
    answer(
        exchange -> {
          asked.incrementAndGet();
          answer(exchange, 200);
        });
    int port = server.getAddress().getPort();
    try (HttpTransport closed = transport(new Destinations(List.of()))) {
      for (String url : List.of("https://127.0.0.1:", "https://localhost:")) {
        assertEquals(
            new Outcome.Failed(Fault.ADDRESS_NOT_ALLOWED), closed.post(to(url + port + "/")));
      }
    }
    assertEquals(0, asked.get());
  }

  @Test
  void aNameThatThereIsNotIsNoFaultOfOurs() {
    assertEquals(
        new Outcome.Failed(Fault.UNKNOWN_HOST),
        transport.post(to("https://there-is-no-such-name.invalid/")));
  }
}
