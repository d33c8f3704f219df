package io.holdfast.server.trail;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.holdfast.stock.TenantId;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SealHashTest {
  private static final Instant RECORDED = Instant.parse("2026-11-23T04:05:06.000007Z");
  private static final Instant SEALED = RECORDED.plusSeconds(1);

  private static StoredEntry entry(String kind, String name, @Nullable String needs) {
    return new StoredEntry(
        3, 1, RECORDED, "done", "setPolicy", "a", "r", "::1", kind, name, needs, null, "{}");
  }

  private static byte[] hash(StoredEntry entry) {
    return new SealHash().next(SealHash.start(), new TenantId(7), 9, SEALED, entry);
  }

  @Test
  void isThatOfTheCanonicalForm() throws IOException, NoSuchAlgorithmException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream form = new DataOutputStream(bytes);
    form.write(new byte[32]);
    for (long number : List.of(7L, 9L, micros(SEALED), 3L, 1L, micros(RECORDED))) {
      form.writeLong(number);
    }
    for (String text : List.of("done", "setPolicy", "a", "r", "::1", "kind", "ä")) {
      text(form, text);
    }
    form.writeInt(-1);
    form.writeInt(-1);
    text(form, "{}");
    assertArrayEquals(
        MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()),
        hash(entry("kind", "ä", null)));
  }

  private static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
  }

  private static void text(DataOutputStream form, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    form.writeInt(bytes.length);
    form.write(bytes);
  }

  @Test
  void isAnotherWhereverTheTextsAreCut() {
    Stream<StoredEntry> entries =
        Stream.of(
            entry("ab", "c", null),
            entry("a", "bc", null),
            entry("a", "b", "c"),
            entry("ab", "c", ""));
    assertEquals(4, entries.map(entry -> HexFormat.of().formatHex(hash(entry))).distinct().count());
  }
}
