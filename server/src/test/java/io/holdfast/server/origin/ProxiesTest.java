package io.holdfast.server.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.vertx.core.net.SocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxiesTest {
  private static final Proxies TWO =
      new Proxies(List.of(Network.parse("10.0.0.0/8"), Network.parse("fd00::/8")));

  @Test
  void nobodyIsBelievedUnlessNamed() {
    assertEquals("10.0.0.1", client(Proxies.NONE, "10.0.0.1", "192.0.2.1"));
    assertEquals("198.51.100.7", client(TWO, "198.51.100.7", "192.0.2.1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "192.0.2.1 | 192.0.2.1",
        "192.0.2.1, 10.0.0.9 | 192.0.2.1",
        "203.0.113.5, 192.0.2.1 | 192.0.2.1",
        "10.1.1.1, 192.0.2.1, 10.0.0.9 | 192.0.2.1",
        "2001:db8::1 | 2001:db8:0:0:0:0:0:1",
        "10.0.0.8, 10.0.0.9 | 10.0.0.8",
      })
  void theLastAddressThatIsNoProxysIsTheClients(String said, String client) {
    assertEquals(client, client(TWO, "10.0.0.1", said));
    assertEquals(client, client(TWO, "fd00:0:0:0:0:0:0:1", said));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "unknown | 10.0.0.1",
        "192.0.2.1, _hidden | 10.0.0.1",
        "192.0.2.1, 10.0.0.9:4711 | 10.0.0.1",
        "192.0.2.1, , 10.0.0.9 | 10.0.0.9",
        "shop.example | 10.0.0.1",
        "fe80::1%eth0 | 10.0.0.1",
      })
  void whatIsNoAddressIsNotGuessed(String said, String client) {
    assertEquals(client, client(TWO, "10.0.0.1", said));
  }

  @Test
  void severalHeadersAreOneList() {
    List<String> headers = List.of("203.0.113.5", "192.0.2.1, 10.0.0.9");
    assertEquals("192.0.2.1", TWO.client(SocketAddress.inetSocketAddress(1, "10.0.0.1"), headers));
  }

  @Test
  void aConnectionThatIsGoneHasNoAddress() {
    assertNull(TWO.client(null, List.of("192.0.2.1")));
  }

  private static String client(Proxies proxies, String from, String said) {
    return String.valueOf(proxies.client(SocketAddress.inetSocketAddress(1, from), List.of(said)));
  }
}
