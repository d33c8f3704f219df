package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Two nodes on one database, with limits that are soon reached.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LimitsTest {
  private static final int BURST = 40;
  private static final int ADDRESS_BURST = 500;
  private static final long SECOND_NANOS = 1_000_000_000;
  private static final String PROXY = "127.0.0.30";
  private static final String[] LIMITS = {
    "--limit-per-key", "1:" + BURST,
    "--limit-per-address", "1:" + ADDRESS_BURST,
    "--trusted-proxy", PROXY + "/32,fd00::/8"
  };

  private Path folder;
  private Program limited;
  private Program beside;

  /// Filled in by [#start], which runs before the tests.
  @SuppressWarnings("NullAway.Init")
  LimitsTest() {}

  @BeforeAll
  void start() throws IOException {
    folder = DataFolder.fresh();
    limited = node(folder);
    limited.address();
    String url = DataFolder.databaseUrl(folder).substring("jdbc:".length());
    beside = node(DataFolder.fresh(), "--db-url", url);
    beside.address();
  }

  private static Program node(Path own, String... more) throws IOException {
    List<String> words = new ArrayList<>(List.of("serve", "--port", "0", "--throwaway"));
    words.addAll(List.of("--audit-interval-seconds", "0", "--data-dir", own.toString()));
    words.addAll(List.of(LIMITS));
    words.addAll(List.of(more));
    return Program.start(words.toArray(String[]::new));
  }

  @AfterAll
  void stop() throws IOException, InterruptedException {
    beside.terminate();
    limited.terminate();
  }

  /// Each caller of a test comes from an address of its own, and so has that address's burst.
  private HttpResponse<String> ping(Program node, String from, String tenant)
      throws IOException, InterruptedException {
    try (HttpClient client = client(from)) {
      return ping(client, node, tenant);
    }
  }

  private HttpResponse<String> ping(HttpClient client, Program node, String tenant)
      throws IOException, InterruptedException {
    String key = tenant.isEmpty() ? "hf_" + "A".repeat(43) : DataFolder.key(folder, tenant);
    var request =
        HttpRequest.newBuilder(URI.create(node.address() + "/v1/ping"))
            .header("Authorization", "Bearer " + key)
            .build();
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    ApiDescription.committed().check(ApiDescription.Answer.of(response));
    return response;
  }

  @Test
  void whoComesThroughAProxyIsCountedByTheAddressThatItNames() throws Exception {
    try (HttpClient proxy = client(PROXY);
        HttpClient stranger = client("127.0.0.31")) {
      for (int guesses = 0; pingFor(proxy, "192.0.2.1").statusCode() == 401; guesses++) {
        assertTrue(guesses <= 2 * ADDRESS_BURST, "guessed without end");
      }
      assertRefusedSoon(() -> pingFor(proxy, "203.0.113.9, 192.0.2.1"));
      assertEquals(401, pingFor(proxy, "192.0.2.2").statusCode());
      assertEquals(401, pingFor(stranger, "192.0.2.1").statusCode(), "it is no proxy");
    }
  }

  private HttpResponse<String> pingFor(HttpClient through, String said)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(limited.address() + "/v1/ping"))
            .header("Authorization", "Bearer hf_" + "A".repeat(43))
            .header("X-Forwarded-For", said)
            .build();
    return through.send(request, BodyHandlers.ofString());
  }

  private static HttpClient client(String from) throws IOException {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .localAddress(InetAddress.getByName(from))
        .build();
  }

  @Test
  void aKeyHasItsBurstOverAllNodesAndIsThenToldWhenToComeAgain() throws Exception {
    int admitted = 0;
    long start = System.nanoTime();
    try (HttpClient client = client("127.0.0.10")) {
      for (int i = 0; i < 2 * BURST; i++) {
        HttpResponse<String> one = ping(client, limited, "warehouse");
        if (one.statusCode() == 200) {
          admitted++;
        } else {
          assertRefused(one, "rate_limited");
        }
      }
      long seconds = (System.nanoTime() - start) / SECOND_NANOS + 1;
      assertTrue(admitted >= BURST && admitted <= BURST + seconds + 1, "admitted " + admitted);
      // The other node knows nothing of it yet, and is told with its first lease.
      long giveUp = System.nanoTime() + 10 * SECOND_NANOS;
      int other = 0;
      while (ping(client, beside, "warehouse").statusCode() == 200) {
        other++;
        assertTrue(System.nanoTime() < giveUp, "the other node admitted " + other);
      }
      assertTrue(other <= BURST, "the other node admitted " + other);
    }
    assertEquals(200, ping(limited, "127.0.0.10", "ticket-office").statusCode());
  }

  @Test
  void anAddressIsLimitedBeforeItsCredentialIsLookedAt() throws Exception {
    int guesses = 0;
    try (HttpClient client = client("127.0.0.20")) {
      HttpResponse<String> last = ping(client, limited, "");
      while (last.statusCode() == 401) {
        guesses++;
        assertTrue(guesses <= 2 * ADDRESS_BURST, "guessed without end");
        last = ping(client, limited, "");
      }
      assertRefused(last, "rate_limited");
      assertEquals("nosniff", last.headers().firstValue("X-Content-Type-Options").orElse(""));
      assertRefusedSoon(() -> ping(client, limited, "ticket-office"));
    }
    assertTrue(guesses >= ADDRESS_BURST, "only " + guesses + " guesses");
    assertEquals(401, ping(limited, "127.0.0.21", "").statusCode());
  }

  /// A lease that was on its way brings a few tokens; an address of its own would have its burst.
  private static void assertRefusedSoon(Callable<HttpResponse<String>> ask) throws Exception {
    for (int asked = 0; ask.call().statusCode() != 429; asked++) {
      assertTrue(asked < BURST / 2, "it is not counted");
    }
  }

  private static void assertRefused(HttpResponse<String> response, String code) {
    assertEquals(429, response.statusCode());
    assertTrue(response.body().contains("\"code\":\"" + code + "\""), response.body());
    assertTrue(response.headers().firstValue("Retry-After").orElse("").matches("[1-9]\\d*"));
    assertEquals(
        "application/problem+json", response.headers().firstValue("Content-Type").orElse(""));
  }
}
