package io.holdfast.server.machine;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.MultiMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignedRequestTest {
  private static final Path PAGE = Path.of("..", "docs", "reference", "signed-requests.md");
  private static final String HEX = "0123456789abcdef".repeat(4);

  @Test
  void whatIsSignedIsWhatThePageSays() throws IOException {
    String page = Files.readString(PAGE);
    SignedRequest request = SignedRequest.of("POST", "/v1/items?a=%41&a=B", headers());
    String form = page.substring(page.indexOf("holdfast-v1\nKEY-ID"));
    assertEquals(
        form.substring(0, form.indexOf("```"))
            .replace("KEY-ID", "nightly")
            .replace("TIMESTAMP", "1800000000")
            .replace("NONCE", "0123456789abcdef")
            .replace("METHOD", "POST")
            .replace("PATH?QUERY", "/v1/items?a=%41&a=B")
            .replace("DIGEST", HEX),
        new String(request.signedText(), US_ASCII));
  }

  @Test
  void theExampleOfThePageIsSignedRight() throws IOException, GeneralSecurityException {
    String page = Files.readString(PAGE);
    String secret = between(page, "The secret is `", "`");
    List<String> lines = between(page, "```text\n", "```").lines().toList();
    assertEquals(sha256(between(page, "The body is `", "`")), lines.getLast());
    MultiMap headers =
        headers()
            .set("Holdfast-Nonce", lines.get(3))
            .set("Holdfast-Content-Digest", lines.getLast());
    SignedRequest request = SignedRequest.of(lines.get(4), lines.get(5), headers);
    assertEquals(String.join("\n", lines) + "\n", new String(request.signedText(), US_ASCII));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(US_ASCII), "HmacSHA256"));
    assertEquals(
        between(page, "```text\nHoldfast-Signature: v1=", "\n"),
        HexFormat.of().formatHex(mac.doFinal(request.signedText())));
    assertThrows(IllegalArgumentException.class, () -> Secret.parse(secret));
  }

  private static String between(String text, String begin, String end) {
    int from = text.indexOf(begin) + begin.length();
    return text.substring(from, text.indexOf(end, from));
  }

  private static String sha256(String text) throws GeneralSecurityException {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(US_ASCII)));
  }

  @Test
  void aRequestMayHaveNoneOfTheHeaders() {
    assertFalse(SignedRequest.isOneWith(MultiMap.caseInsensitiveMultiMap()));
    for (String header : headers().names()) {
      MultiMap one = MultiMap.caseInsensitiveMultiMap().add(header, "");
      assertTrue(SignedRequest.isOneWith(one), header);
    }
  }

  @Test
  void everyHeaderIsThereOnce() {
    for (String header : headers().names()) {
      assertMalformed(headers().remove(header), header);
      assertMalformed(headers().add(header, headers().get(header)), header);
      assertMalformed(headers().set(header, ""), header);
      assertMalformed(headers().set(header, headers().get(header) + "\n"), header);
      assertMalformed(
          headers().set(header, headers().get(header) + ", " + headers().get(header)), header);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Holdfast-Key-Id, night ly",
    "Holdfast-Key-Id, -nightly",
    "Holdfast-Key-Id, nächtlich",
    "Holdfast-Timestamp, 01800000000",
    "Holdfast-Timestamp, +1800000000",
    "Holdfast-Timestamp, -1800000000",
    "Holdfast-Timestamp, 1800000000.0",
    "Holdfast-Timestamp, 18e8",
    "Holdfast-Timestamp, 0",
    "Holdfast-Timestamp, 1800000000000",
    "Holdfast-Timestamp, ١٨٠٠٠٠٠٠٠٠",
    "Holdfast-Nonce, 0123456789abcde",
    "Holdfast-Nonce, 0123456789abcdef=",
    "Holdfast-Content-Digest, 0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef",
    "Holdfast-Content-Digest, 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde",
    "Holdfast-Signature, 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
    "Holdfast-Signature, V1=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
    "Holdfast-Signature, v2=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
    "Holdfast-Signature, v1=0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef",
    "Holdfast-Signature, v1=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdeg"
  })
  void everyHeaderHasOneForm(String header, String value) {
    assertMalformed(headers().set(header, value), header);
  }

  @Test
  void onlyAPathOfThisHostCanBeSigned() {
    for (String target : List.of("", "*", "http://shop/v1/items", "v1/items", "/v1/a b", "/v1/ä")) {
      SignatureRefused refused =
          assertThrows(
              SignatureRefused.class, () -> SignedRequest.of("GET", target, headers()), target);
      assertEquals(RefusedFor.FORM, refused.reason());
    }
    assertThrows(SignatureRefused.class, () -> SignedRequest.of("get", "/v1/items", headers()));
  }

  private static void assertMalformed(MultiMap headers, String header) {
    SignatureRefused refused =
        assertThrows(
            SignatureRefused.class,
            () -> SignedRequest.of("GET", "/v1/items", headers),
            () -> header + ": " + headers.getAll(header));
    assertEquals(RefusedFor.FORM, refused.reason());
    assertTrue(refused.problem().detail().startsWith(header), refused.problem().detail());
    assertEquals("signature_refused", refused.problem().code());
  }

  private static MultiMap headers() {
    return MultiMap.caseInsensitiveMultiMap()
        .add("Holdfast-Key-Id", "nightly")
        .add("Holdfast-Timestamp", "1800000000")
        .add("Holdfast-Nonce", "0123456789abcdef")
        .add("Holdfast-Content-Digest", HEX)
        .add("Holdfast-Signature", "v1=" + HEX);
  }
}
