package io.holdfast.server.machine;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.holdfast.server.identity.RoleName;
import io.holdfast.server.origin.Network;
import io.holdfast.stock.TenantId;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachinesTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
  private static final InetAddress INSIDE = InetAddress.ofLiteral("10.1.2.3");
  private static final String LETTERS = "0123456789abcdef";

  private final SecureRandom randomness = new SecureRandom();
  private final Secret first = Secret.random(randomness);
  private final Secret second = Secret.random(randomness);
  private final Machine nightly = machine("nightly", List.of(first, second));
  private final Machine weekly = machine("weekly", List.of(Secret.random(randomness)));
  private final Machines machines = new Machines(List.of(nightly, weekly), () -> NOW, randomness);

  @Test
  void eitherOfTwoSecretsSigns() {
    assertSame(nightly, machines.signerOf(signed(request(), first), INSIDE));
    assertSame(nightly, machines.signerOf(signed(request(), second), INSIDE));
  }

  @Test
  void nobodyElsesSecretSigns() {
    assertRefused(RefusedFor.SIGNATURE, signed(request(), Secret.random(randomness)));
    assertRefused(RefusedFor.SIGNATURE, signed(request(), weekly.secrets().getFirst()));
  }

  @Test
  void aMachineThatThereIsNotIsToldLikeAWrongSignature() {
    SignatureRefused unknown =
        assertRefused(RefusedFor.KEY_ID, signed(with(request(), "keyId", "daily"), first));
    SignatureRefused wrong =
        assertRefused(RefusedFor.SIGNATURE, signed(request(), Secret.random(randomness)));
    assertEquals(unknown.problem(), wrong.problem());
  }

  @Test
  void aNodeWithoutMachinesLetsNobodyIn() {
    Machines none = new Machines(List.of(), () -> NOW, randomness);
    assertEquals(
        RefusedFor.KEY_ID,
        assertThrows(SignatureRefused.class, () -> none.signerOf(signed(request(), first), INSIDE))
            .reason());
  }

  @ParameterizedTest
  @CsvSource({
    "0, true",
    "299, true",
    "300, true",
    "301, false",
    "-299, true",
    "-300, true",
    "-301, false"
  })
  void aRequestIsInTimeFor300SecondsBothWays(long secondsOff, boolean isInTime) {
    SignedRequest request =
        with(request(), "timestamp", Long.toString(NOW.getEpochSecond() + secondsOff));
    if (isInTime) {
      assertSame(nightly, machines.signerOf(signed(request, first), INSIDE));
    } else {
      assertRefused(RefusedFor.TIME, signed(request, first));
    }
  }

  @Test
  void fractionsOfASecondCount() {
    SignedRequest request = signed(request(), first);
    Tolerance.require(request, NOW.plusSeconds(300));
    assertThrows(
        SignatureRefused.class,
        () -> Tolerance.require(request, NOW.plusSeconds(300).plusNanos(1)));
    assertThrows(
        SignatureRefused.class,
        () -> Tolerance.require(request, NOW.minusSeconds(300).minusNanos(1)));
  }

  @ParameterizedTest
  @CsvSource({"10.255.255.255, true", "11.0.0.0, false", "2001:db8::1, true", "2001:db9::1, false"})
  void aMachineAsksFromItsNetworks(String address, boolean isInside) {
    SignedRequest request = signed(request(), first);
    InetAddress from = InetAddress.ofLiteral(address);
    if (isInside) {
      assertSame(nightly, machines.signerOf(request, from));
    } else {
      assertEquals(
          RefusedFor.NETWORK,
          assertThrows(SignatureRefused.class, () -> machines.signerOf(request, from)).reason());
    }
  }

  /// Seeded, so that a failure is repeated.
  @Test
  void aRequestWithOneByteChangedIsRefused() {
    Random random = new Random(37);
    for (String field :
        List.of("keyId", "timestamp", "nonce", "method", "target", "digest", "signature")) {
      for (int i = 0; i < 200; i++) {
        SignedRequest request = signed(request(), random.nextBoolean() ? first : second);
        SignedRequest changed = with(request, field, withOneChanged(random, value(request, field)));
        assertThrows(
            SignatureRefused.class, () -> machines.signerOf(changed, INSIDE), changed::toString);
      }
    }
  }

  @Test
  void whatMovesFromOneFieldToTheNextIsAnotherRequest() {
    SignedRequest request = signed(with(request(), "keyId", "nightly"), first);
    SignedRequest moved = with(with(request, "method", "POS"), "target", "T/v1/items");
    assertRefused(RefusedFor.SIGNATURE, moved);
  }

  private static String withOneChanged(Random random, String value) {
    StringBuilder changed = new StringBuilder(value);
    int at = random.nextInt(value.length());
    char other = value.charAt(at);
    while (other == value.charAt(at)) {
      other =
          value.chars().allMatch(Character::isDigit)
              ? (char) ('0' + random.nextInt(10))
              : LETTERS.charAt(random.nextInt(LETTERS.length()));
    }
    changed.setCharAt(at, other);
    return changed.toString();
  }

  private SignatureRefused assertRefused(RefusedFor reason, SignedRequest request) {
    SignatureRefused refused =
        assertThrows(SignatureRefused.class, () -> machines.signerOf(request, INSIDE));
    assertEquals(reason, refused.reason());
    return refused;
  }

  private static Machine machine(String keyId, List<Secret> secrets) {
    return new Machine(
        keyId,
        "toy-shop",
        new TenantId(1),
        new RoleName("staff"),
        secrets,
        List.of(Network.parse("10.0.0.0/8"), Network.parse("2001:db8::/32")));
  }

  private static SignedRequest request() {
    return new SignedRequest(
        "nightly",
        NOW.getEpochSecond(),
        "0123456789abcdef0123",
        "POST",
        "/v1/items?limit=3",
        LETTERS.repeat(4),
        "0".repeat(64));
  }

  private static SignedRequest signed(SignedRequest request, Secret secret) {
    return with(request, "signature", secret.sign(request.signedText()));
  }

  private static String value(SignedRequest request, String field) {
    return switch (field) {
      case "signature" -> request.signature();
      default -> {
        List<String> lines = new String(request.signedText(), US_ASCII).lines().toList();
        yield lines.get(
            1
                + List.of("keyId", "timestamp", "nonce", "method", "target", "digest")
                    .indexOf(field));
      }
    };
  }

  private static SignedRequest with(SignedRequest request, String field, String value) {
    return new SignedRequest(
        field.equals("keyId") ? value : request.keyId(),
        field.equals("timestamp") ? Long.parseLong(value) : request.timestamp(),
        field.equals("nonce") ? value : request.nonce(),
        field.equals("method") ? value : request.method(),
        field.equals("target") ? value : request.target(),
        field.equals("digest") ? value : request.digest(),
        field.equals("signature") ? value : request.signature());
  }
}
