package io.holdfast.server.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.server.origin.Network;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MachineFileTest {
  private static final SecureRandom RANDOMNESS = new SecureRandom();

  @Test
  void readsALineForEachMachine() {
    List<MachineEntry> entries =
        MachineFile.parse(
            List.of(
                "# key id  tenant  role  networks  secrets",
                "",
                "nightly\ttoy-shop  staff   10.0.0.0/8,2001:db8::/32  " + random() + "," + random(),
                "  caller-2 sweets owner 127.0.0.1/32 " + random() + "  "));
    assertEquals(List.of(3, 4), entries.stream().map(MachineEntry::line).toList());
    MachineEntry nightly = entries.getFirst();
    assertEquals("nightly", nightly.keyId());
    assertEquals("toy-shop", nightly.tenantSlug());
    assertEquals("staff", nightly.role().text());
    assertEquals(2, nightly.networks().size());
    assertEquals(2, nightly.secrets().size());
    assertEquals(1, entries.getLast().secrets().size());
  }

  @Test
  void tellsAllThatIsWrongAndNothingOfWhatStandsThere() {
    String secret = random();
    List<String> lines =
        List.of(
            "nightly toy-shop staff 10.0.0.0/8 " + secret,
            "nightly toy-shop staff 10.0.0.0/8 " + random(),
            "copied toy-shop staff 10.0.0.0/8 " + secret,
            "short toy-shop staff 10.0.0.0/8",
            "-x Toy Staff 10.0.0.1/8,anywhere c2hvcnQ=",
            "three toy-shop staff 10.0.0.0/8 %s,%s,%s".formatted(random(), random(), random()),
            secret + " toy-shop staff 10.0.0.0/8 nightly",
            "none toy-shop staff , " + random());
    String told =
        String.valueOf(
            assertThrows(IllegalArgumentException.class, () -> MachineFile.parse(lines))
                .getMessage());
    assertEquals(
        """
        line 2: the key id is that of another line
        line 3: secret 1 is there already
        line 4: must have a key id, a tenant, a role, networks and one or two secrets
        line 5: the key id must have 1 to 63 letters, digits, dots, - and _, and begin with one of \
        the first two
        line 5: the tenant must be the slug of one
        line 5: the role must be a role's name, like weekend-staff
        line 5: network 1 has bits beyond its first 8
        line 5: network 2 must be like 10.0.0.0/8 or 2001:db8::/32
        line 5: secret 1 must be 32 to 64 bytes, not 5
        line 6: has more than 2 secrets
        line 7: the key id must have 1 to 63 letters, digits, dots, - and _, and begin with one of \
        the first two
        line 7: secret 1 must be base64 with its padding
        line 8: network 1 must be like 10.0.0.0/8 or 2001:db8::/32
        line 8: network 2 must be like 10.0.0.0/8 or 2001:db8::/32\
        """,
        told);
    assertFalse(told.contains(secret));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "ZXhhbXBsZSBleGFtcGxlIGV4YW1wbGUgZXhhbXBsZSA=",
        "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI="
      })
  void aSecretThatIsNotRandomIsNone(String text) {
    assertEquals(
        "is not random: openssl rand -base64 32",
        assertThrows(IllegalArgumentException.class, () -> Secret.parse(text)).getMessage());
  }

  @Test
  void aSecretHasOneSpelling() {
    String text = random();
    assertThrows(IllegalArgumentException.class, () -> Secret.parse(text.replace("=", "")));
    assertThrows(IllegalArgumentException.class, () -> Secret.parse(text + "\n"));
    assertFalse(Secret.parse(text).toString().contains(text));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.200.0.1, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "192.0.2.128/25, 192.0.2.127, false",
    "192.0.2.128/25, 192.0.2.128, true",
    "192.0.2.7/32, 192.0.2.7, true",
    "192.0.2.7/32, 192.0.2.6, false",
    "0.0.0.0/0, 203.0.113.9, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "::/0, 2001:db8::1, true",
    "::/0, 203.0.113.9, false",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "10.0.0.0/8, ::ffff:10.0.0.1, true"
  })
  void aNetworkHasTheAddressesWithItsFirstBits(String network, String address, boolean isInside) {
    assertEquals(isInside, Network.parse(network).contains(InetAddress.ofLiteral(address)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0.0",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.1/16",
        "10.0.0.256/32",
        "10.0.0.1/24",
        "2001:db8::/129",
        "2001:db8::1/32",
        "::ffff:10.0.0.0/104",
        "fe80::%1/64",
        "localhost/32"
      })
  void aNetworkIsWrittenInOneWay(String text) {
    assertTrue(
        String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> Network.parse(text))
                    .getMessage())
            .matches("(must|has|is) .*"));
  }

  private static String random() {
    byte[] bytes = new byte[32];
    RANDOMNESS.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
