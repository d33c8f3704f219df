package io.holdfast.server.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ClientAddressTest {

  @Test
  void anIpv4HostIsOneAndAnIpv6NetworkIsOne() {
    assertNotEquals(ClientAddress.of("192.0.2.1"), ClientAddress.of("192.0.2.2"));
    assertEquals(ClientAddress.of("2001:db8:0:1::1"), ClientAddress.of("2001:db8:0:1:9:8:7:6"));
    assertNotEquals(ClientAddress.of("2001:db8:0:1::1"), ClientAddress.of("2001:db8:0:2::1"));
  }

  @Test
  void oneAddressHasOneNameHoweverItIsWritten() {
    assertEquals(ClientAddress.of("192.0.2.1"), ClientAddress.of("::ffff:192.0.2.1"));
    assertEquals(ClientAddress.of("fe80::1"), ClientAddress.of("fe80:0:0:0:0:0:0:1%eth0"));
  }

  @Test
  void knowsThisMachine() {
    assertTrue(ClientAddress.of("127.0.0.2").isLoopback());
    assertTrue(ClientAddress.of("0:0:0:0:0:0:0:1").isLoopback());
    assertFalse(ClientAddress.of("192.0.2.1").isLoopback());
    assertFalse(ClientAddress.of("2001:db8::1").isLoopback());
  }
}
