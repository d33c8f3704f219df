package io.holdfast.server.webhook;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.server.origin.Network;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationsTest {
  private static final Destinations PUBLIC = new Destinations(List.of());
  private static final Destinations OPENED =
      new Destinations(List.of(Network.parse("127.0.0.0/8"), Network.parse("10.1.0.0/16")));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "10.0.0.1",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.2.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.51.100.7",
        "203.0.113.7",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "ff02::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::"
      })
  void whatIsNotPublicIsNotSentTo(String literal) {
    assertFalse(Destinations.isPublic(InetAddress.ofLiteral(literal)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1.1.1.1", "93.184.216.34", "172.32.0.1", "2606:4700::1111", "2a00:1450::1"})
  void whatIsPublicIs(String literal) {
    assertTrue(Destinations.isPublic(InetAddress.ofLiteral(literal)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.com/",
        "http://1.1.1.1/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://169.254.169.254/latest/meta-data"
      })
  void whatIsWrongInAnyCaseIsSaidAtOnce(String url) {
    WebhookUrl wanted = WebhookUrl.parse(url);
    assertThrows(IllegalArgumentException.class, () -> PUBLIC.check(wanted));
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://example.com/", "https://1.1.1.1:8443/x?y=z"})
  void whatMayBeGoodIsTaken(String url) {
    WebhookUrl wanted = WebhookUrl.parse(url);
    assertDoesNotThrow(() -> PUBLIC.check(wanted));
  }

  /// Names of this machine and addresses: none of them is asked for elsewhere.
  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1/, 1",
    "https://127.0.0.1/, 1",
    "http://10.1.2.3/, 1",
    "http://10.2.2.3/, 0",
    "https://10.2.2.3/, 0",
    "http://1.1.1.1/, 0",
    "https://1.1.1.1/, 1"
  })
  void aNetworkThatIsOpenedIsSentToByHttpToo(String url, int addresses)
      throws UnknownHostException {
    assertEquals(addresses, OPENED.of(WebhookUrl.parse(url)).size());
  }

  @Test
  void aNameIsWhatItLeadsToNow() throws UnknownHostException {
    assertEquals(List.of(), PUBLIC.of(WebhookUrl.parse("https://localhost/")));
    assertFalse(OPENED.of(WebhookUrl.parse("https://localhost/")).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "example.com",
        "//example.com/",
        "ftp://example.com/",
        "https:///x",
        "https://",
        "https://user:password@example.com/",
        "https://example.com/#part",
        "https://example.com:0/",
        "https://example.com:65536/",
        "https://exa mple.com/",
        "https://example.com/\r\nX: y"
      })
  void whatIsNoAddressIsRefused(String url) {
    assertThrows(IllegalArgumentException.class, () -> WebhookUrl.parse(url));
  }

  @ParameterizedTest
  @CsvSource({
    "https://Example.com, example.com, 443, /",
    "http://example.com?a=b, example.com, 80, /?a=b",
    "https://example.com:8443/a%20b?c=d%26, example.com, 8443, /a%20b?c=d%26",
    "https://[2606:4700::1111]/x, 2606:4700::1111, 443, /x"
  })
  void anAddressIsReadAsItIsWritten(String url, String host, int port, String target) {
    WebhookUrl parsed = WebhookUrl.parse(url);
    assertEquals(host, parsed.host());
    assertEquals(port, parsed.port());
    assertEquals(target, parsed.target());
  }
}
