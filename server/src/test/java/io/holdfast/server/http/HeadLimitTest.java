package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.server.http.RawHttp2.Frame;
import io.holdfast.server.http.Shop.Reply;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// How much a request may say before its body.
class HeadLimitTest {
  private static final int MAX_TARGET_CHARACTERS = 4_096;
  private static final String PING = "/v1/ping";

  private final Shop shop = TestNode.shared().tenant("sweet-shop");

  @ParameterizedTest
  @EnumSource(Version.class)
  void anAddressHasALength(Version version) {
    String longest = "/v1/items/fudge?x=";
    longest += "x".repeat(MAX_TARGET_CHARACTERS - longest.length());
    assertEquals(200, shop.send(shop.request(longest).version(version).GET()).status());
    Reply refused = shop.send(shop.request(longest + "x").version(version).GET());
    assertProblem(414, "address_too_long", refused);
    assertProblem(414, "address_too_long", shop.send(shop.request("/" + longest + "x").GET()));
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void headersHaveANumber(Version version) {
    // Beside those that the client adds.
    assertEquals(200, shop.send(withHeaders(version, 90)).status());
    assertProblem(431, "headers_too_large", shop.send(withHeaders(version, 101)));
  }

  private HttpRequest.Builder withHeaders(Version version, int count) {
    HttpRequest.Builder request = shop.request(PING).version(version).GET();
    for (int i = 0; i < count; i++) {
      request.header("X-Header-" + i, "x");
    }
    return request;
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void headersHaveASize(Version version) {
    assertEquals(200, shop.send(withBytes(version, 7_500)).status());
    assertProblem(431, "headers_too_large", shop.send(withBytes(version, 8_200)));
  }

  private HttpRequest.Builder withBytes(Version version, int bytes) {
    return shop.request(PING).version(version).header("X-Long", "x".repeat(bytes)).GET();
  }

  @Test
  void aConnectionOfHttp2IsToldItsLimits() throws IOException {
    try (RawHttp2 client = RawHttp2.connect(URI.create(shop.address()))) {
      assertEquals(
          Map.of(RawHttp2.MAX_CONCURRENT_STREAMS, 1_000, RawHttp2.MAX_HEADER_LIST_SIZE, 16_384),
          client.limits());
    }
  }

  /// Where nothing of Holdfast sees the request any more.
  @Test
  void aListOfHeadersBeyondThatIsRefusedByItsStatus() throws IOException {
    try (RawHttp2 client = RawHttp2.connect(URI.create(shop.address()))) {
      client.sendHeader("x-long", "x".repeat(20_000));
      Frame answer = client.next(RawHttp2.HEADERS);
      assertTrue(answer.text().contains("431"), answer.text());
    }
  }

  private static void assertProblem(int status, String code, Reply reply) {
    assertEquals(status, reply.status(), reply.text());
    assertEquals("application/problem+json", reply.header("Content-Type"));
    assertEquals(code, reply.code());
    assertEquals("nosniff", reply.header("X-Content-Type-Options"));
  }
}
