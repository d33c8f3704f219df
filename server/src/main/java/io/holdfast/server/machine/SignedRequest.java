package io.holdfast.server.machine;

import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A request as its signature is about it. Every field has one form, and none of them can hold the
/// line end that stands between them, so two different requests never give the same text to sign.
///
/// @param timestamp when it was signed, in seconds since 1970
/// @param target path and query as they were sent, nothing decoded and nothing put straight
/// @param digest of the body's bytes, SHA-256 in lower-case hexadecimal digits
/// @param signature in lower-case hexadecimal digits
record SignedRequest(
    String keyId,
    long timestamp,
    String nonce,
    String method,
    String target,
    String digest,
    String signature) {

  /// The first line of what is signed. Another one is another way of signing.
  static final String VERSION = "holdfast-v1";

  static final Pattern KEY_ID_FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

  private static final Pattern METHOD_FORM = Pattern.compile("[A-Z]{1,20}");
  private static final Pattern TARGET_FORM = Pattern.compile("/[\\x21-\\x7E]*");

  private static final Field KEY_ID =
      new Field("Holdfast-Key-Id", KEY_ID_FORM, "as the machine's key id");
  private static final Field TIMESTAMP =
      new Field("Holdfast-Timestamp", Pattern.compile("[1-9]\\d{0,11}"), "in Unix seconds");
  private static final Field NONCE =
      new Field(
          "Holdfast-Nonce",
          Pattern.compile("[A-Za-z0-9_-]{16,64}"),
          "as 16 to 64 letters, digits, - and _");
  private static final Field DIGEST =
      new Field(
          "Holdfast-Content-Digest",
          Pattern.compile("[0-9a-f]{64}"),
          "as the SHA-256 of the body in 64 lower-case hexadecimal digits");
  private static final Field SIGNATURE =
      new Field(
          "Holdfast-Signature",
          Pattern.compile("v1=([0-9a-f]{64})"),
          "as v1= and 64 lower-case hexadecimal digits");

  private static final List<Field> FIELDS = List.of(KEY_ID, TIMESTAMP, NONCE, DIGEST, SIGNATURE);

  /// A header of a signed request.
  private record Field(String header, Pattern form, String told) {

    String in(MultiMap headers) {
      List<String> values = headers.getAll(header);
      if (values.size() != 1) {
        throw malformed();
      }
      Matcher value = form.matcher(values.getFirst());
      if (!value.matches()) {
        throw malformed();
      }
      return value.group(value.groupCount());
    }

    private SignatureRefused malformed() {
      return SignatureRefused.malformed(header + " must be given once, " + told);
    }
  }

  /// Whether anything in a request says that it is signed. Then it has to be so wholly.
  static boolean isOneWith(MultiMap headers) {
    return FIELDS.stream().anyMatch(field -> headers.contains(field.header()));
  }

  static SignedRequest of(String method, String target, MultiMap headers) {
    if (!METHOD_FORM.matcher(method).matches() || !TARGET_FORM.matcher(target).matches()) {
      throw SignatureRefused.malformed("the request must name a method, and a path with its query");
    }
    return new SignedRequest(
        KEY_ID.in(headers),
        Long.parseLong(TIMESTAMP.in(headers)),
        NONCE.in(headers),
        method,
        target,
        DIGEST.in(headers),
        SIGNATURE.in(headers));
  }

  /// What is signed: a line for each field, and each line ends.
  byte[] signedText() {
    return Stream.of(VERSION, keyId, Long.toString(timestamp), nonce, method, target, digest)
        .map(field -> field + "\n")
        .reduce("", String::concat)
        .getBytes(StandardCharsets.US_ASCII);
  }
}
