package io.holdfast.server.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A machine that signs its requests, written after the documentation and not after the node.
///
/// @param secret in base64
record Signer(String keyId, String secret) {

  static String randomSecret() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    String secret = Base64.getEncoder().encodeToString(bytes);
    Secrets.add("machine secret", secret);
    return secret;
  }

  /// What is sent: headers and a body, for one address below a node's.
  record Signed(String method, String path, String body, Map<String, String> headers) {

    HttpRequest.Builder to(Shop node) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(node.address() + path))
              .timeout(Duration.ofSeconds(30))
              .header("Content-Type", "application/json")
              .method(method, BodyPublishers.ofString(body));
      headers.forEach(request::header);
      return request;
    }

    String header(String name) {
      return Objects.requireNonNull(headers.get(name));
    }

    Signed with(String header, String value) {
      Map<String, String> changed = new LinkedHashMap<>(headers);
      changed.put(header, value);
      return new Signed(method, path, body, changed);
    }

    Signed without(String header) {
      Map<String, String> changed = new LinkedHashMap<>(headers);
      changed.remove(header);
      return new Signed(method, path, body, changed);
    }

    Signed as(String otherMethod, String otherPath, String otherBody) {
      return new Signed(otherMethod, otherPath, otherBody, headers);
    }
  }

  Signed sign(String method, String path, String body) {
    return sign(method, path, body, Instant.now());
  }

  Signed sign(String method, String path, String body, Instant at) {
    String digest = HexFormat.of().formatHex(sha256(body));
    String timestamp = Long.toString(at.getEpochSecond());
    String nonce = UUID.randomUUID().toString();
    String text =
        String.join("\n", "holdfast-v1", keyId, timestamp, nonce, method, path, digest) + "\n";
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Holdfast-Key-Id", keyId);
    headers.put("Holdfast-Timestamp", timestamp);
    headers.put("Holdfast-Nonce", nonce);
    headers.put("Holdfast-Content-Digest", digest);
    headers.put("Holdfast-Signature", "v1=" + HexFormat.of().formatHex(hmac(text)));
    return new Signed(method, path, body, headers);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private byte[] hmac(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(US_ASCII), "HmacSHA256"));
      return mac.doFinal(text.getBytes(US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
