package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Whoever sends a byte now and then keeps no connection for long, however busy it looks. All of
/// them trickle at once, so that the test takes as long as the longest.
class SlowSendersTest {
  private static final long MAX_SECONDS = 22;
  private static final String HEAD = "GET /health/live HTTP/1.1\r\nHost: localhost\r\nX-Slow: ";

  private final TestNode node = TestNode.shared();
  private final Shop shop = node.tenant("sweet-shop");
  private final URI address = URI.create(shop.address());

  private record Cut(String answer, double seconds) {}

  @Test
  void areCutWhileTheyTrickleAndOthersAreAnswered() throws Exception {
    String body =
        """
        POST /v1/purchases HTTP/1.1\r
        Host: localhost\r
        Authorization: Bearer %s\r
        Content-Type: application/json\r
        """
            .formatted(shop.key());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Cut> head = threads.submit(() -> trickle(HEAD));
      Future<Cut> later = threads.submit(() -> trickle(HEAD + "no\r\n\r\n" + HEAD));
      Future<Cut> length = threads.submit(() -> trickle(body + "Content-Length: 99999\r\n\r\n{"));
      Future<Cut> chunks =
          threads.submit(() -> trickleChunks(body + "Transfer-Encoding: chunked\r\n\r\n"));
      Future<Duration> stream = threads.submit(this::trickleInHttp2);
      for (Future<Cut> cut : List.of(head, length, chunks)) {
        assertEquals("", cut.get().answer());
      }
      String answered = later.get().answer();
      assertTrue(answered.startsWith("HTTP/1.1 200"), answered);
      assertEquals(answered.indexOf("HTTP/1.1"), answered.lastIndexOf("HTTP/1.1"), answered);
      for (Future<Cut> cut : List.of(head, later)) {
        assertTrue(cut.get().seconds() > 14, cut.get().toString());
      }
      for (Future<Cut> cut : List.of(length, chunks)) {
        assertTrue(cut.get().seconds() > 10, cut.get().toString());
      }
      assertTrue(stream.get().toSeconds() < MAX_SECONDS, stream.get().toString());
    }
    String metrics = shop.get("/metrics").text();
    assertTrue(metrics.contains("holdfast_http_slow_senders_total{part=\"head\"} 2.0"), metrics);
    assertTrue(metrics.contains("holdfast_http_slow_senders_total{part=\"body\"} 3.0"), metrics);
  }

  /// Less than the time of a body, and much more than the time between two packets.
  @Test
  void whoIsOnlySomewhatSlowIsAnswered() throws Exception {
    String body = Shop.lines("gift-wrap", 1);
    try (Socket client = new Socket(address.getHost(), address.getPort())) {
      send(
          client,
          """
          POST /v1/purchases HTTP/1.1\r
          Host: localhost\r
          Connection: close\r
          Authorization: Bearer %s\r
          Content-Type: application/json\r
          Content-Length: %d\r
          \r
          """
              .formatted(shop.key(), body.length()));
      for (int i = 0; i < body.length(); i++) {
        send(client, body.substring(i, i + 1));
        pause(100);
      }
      String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(answer.startsWith("HTTP/1.1 201"), answer);
    }
  }

  private Cut trickle(String begin) throws IOException, InterruptedException {
    return trickle(begin, "x");
  }

  private Cut trickleChunks(String begin) throws IOException, InterruptedException {
    return trickle(begin, "1\r\n{\r\n");
  }

  /// Sends on until the node has hung up, and answers what it said before.
  private Cut trickle(String begin, String more) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    StringBuilder answer = new StringBuilder();
    try (Socket client = new Socket(address.getHost(), address.getPort())) {
      InputStream in = client.getInputStream();
      client.setSoTimeout(250);
      send(client, begin);
      while (seconds(begun) < MAX_SECONDS) {
        if (readSome(in, answer) < 0) {
          return new Cut(answer.toString(), seconds(begun));
        }
        send(client, more);
      }
    } catch (IOException e) {
      // Cut in the middle of a byte of ours.
      return new Cut(answer.toString(), seconds(begun));
    }
    throw new AssertionError("not cut: " + begin);
  }

  private static int readSome(InputStream in, StringBuilder answer) throws IOException {
    byte[] bytes = new byte[4_096];
    try {
      int count = in.read(bytes);
      answer.append(new String(bytes, 0, Math.max(0, count), StandardCharsets.UTF_8));
      return count;
    } catch (java.net.SocketTimeoutException e) {
      return 0;
    }
  }

  private Duration trickleInHttp2() throws InterruptedException {
    long begun = System.nanoTime();
    try (HttpClient client = HttpClient.newBuilder().version(Version.HTTP_2).build()) {
      HttpRequest upgrade = HttpRequest.newBuilder(address.resolve("/health/live")).build();
      assertEquals(
          Version.HTTP_2, client.sendAsync(upgrade, BodyHandlers.ofString()).get().version());
      HttpRequest slow =
          shop.request("/v1/purchases")
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofInputStream(Trickle::new))
              .build();
      assertThrows(IOException.class, () -> client.send(slow, BodyHandlers.ofString()));
      return Duration.ofNanos(System.nanoTime() - begun);
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  /// A space each half second, for ever.
  private static final class Trickle extends InputStream {
    @Override
    public int read() {
      pause(500);
      return ' ';
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      bytes[offset] = (byte) read();
      return 1;
    }
  }

  private static void pause(long millis) {
    try {
      // Nobody gives a permit: it is the time that passes.
      new Semaphore(0).tryAcquire(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static double seconds(long begunNanos) {
    return (System.nanoTime() - begunNanos) / 1e9;
  }

  private static void send(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    client.getOutputStream().flush();
  }
}
