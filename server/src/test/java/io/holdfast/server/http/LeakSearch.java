package io.holdfast.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds any of many secrets in texts, in whichever form: as it is, in base64 wherever it begins in
/// what was encoded, in hexadecimal digits, or encoded for an address.
///
/// A window goes over the text; its hash says whether a form may begin with what is in it, so a
/// character costs the same for ten secrets and for ten thousand.
final class LeakSearch {
  /// Shorter ones would be found by chance.
  static final int MIN_LENGTH = 12;

  private static final long BASE = 1_000_003;
  private static final long LEADING = power(BASE, MIN_LENGTH);
  private static final int SLOT_BITS = 22;
  private static final int BYTES_BEFORE_MAX = 2;

  private final Map<Long, List<Form>> forms = new HashMap<>();
  private final BitSet slots = new BitSet(1 << SLOT_BITS);

  private record Form(String kind, String text) {}

  /// @param kind what kind of secret it is
  /// @param where it was found
  record Leak(String kind, String where) {}

  /// @param secrets what they are, by themselves
  LeakSearch(Map<String, String> secrets) {
    secrets.forEach((secret, kind) -> formsOf(secret).forEach(form -> add(new Form(kind, form))));
  }

  private static Set<String> formsOf(String secret) {
    if (secret.length() < MIN_LENGTH) {
      throw new IllegalArgumentException("too short to be looked for");
    }
    byte[] bytes = secret.getBytes(UTF_8);
    Set<String> found = new LinkedHashSet<>();
    found.add(secret);
    for (int before = 0; before <= BYTES_BEFORE_MAX; before++) {
      String encoded = withinBase64(bytes, before);
      found.add(encoded);
      found.add(encoded.replace('+', '-').replace('/', '_'));
    }
    found.add(HexFormat.of().formatHex(bytes));
    found.add(HexFormat.of().withUpperCase().formatHex(bytes));
    String form = URLEncoder.encode(secret, UTF_8);
    found.add(form);
    found.add(form.replace("+", "%20"));
    return found;
  }

  /// The characters that are the secret's alone, when so many bytes come before it.
  private static String withinBase64(byte[] secret, int bytesBefore) {
    byte[] both = new byte[bytesBefore + secret.length];
    System.arraycopy(secret, 0, both, bytesBefore, secret.length);
    String encoded = Base64.getEncoder().withoutPadding().encodeToString(both);
    int begin = Math.ceilDiv(bytesBefore * Byte.SIZE, 6);
    return encoded.substring(begin, both.length * Byte.SIZE / 6);
  }

  private void add(Form form) {
    long hash = 0;
    for (int i = 0; i < MIN_LENGTH; i++) {
      hash = hash * BASE + form.text().charAt(i);
    }
    forms.computeIfAbsent(hash, _ -> new ArrayList<>()).add(form);
    slots.set(slot(hash));
  }

  /// Each secret once, whose text is not repeated.
  Set<Leak> in(String where, String text) {
    Set<Leak> leaks = new LinkedHashSet<>();
    long hash = 0;
    for (int i = 0; i < text.length(); i++) {
      hash = hash * BASE + text.charAt(i);
      if (i >= MIN_LENGTH) {
        hash -= text.charAt(i - MIN_LENGTH) * LEADING;
      }
      if (i >= MIN_LENGTH - 1 && slots.get(slot(hash))) {
        int begin = i - MIN_LENGTH + 1;
        for (Form form : forms.getOrDefault(hash, List.of())) {
          if (text.startsWith(form.text(), begin)) {
            leaks.add(new Leak(form.kind(), where));
          }
        }
      }
    }
    return leaks;
  }

  private static int slot(long hash) {
    return (int) ((hash * 0x9E3779B97F4A7C15L) >>> (Long.SIZE - SLOT_BITS));
  }

  private static long power(long base, int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= base;
    }
    return power;
  }
}
