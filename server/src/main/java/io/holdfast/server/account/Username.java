package io.holdfast.server.account;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/// What somebody logs in with: 1 to 64 letters, marks and digits of any script, and inside of it
/// `.`, `_`, `-`, `@` and `+`. It is kept as it was written, and compared without case and whatever
/// its form in Unicode is.
record Username(String text) {
  private static final int MAX_LENGTH = 64;
  private static final Pattern FORM =
      Pattern.compile("[\\p{L}\\p{N}]([\\p{L}\\p{M}\\p{N}._@+-]*[\\p{L}\\p{M}\\p{N}])?");

  Username {
    text = Normalizer.normalize(text, Normalizer.Form.NFC);
    if (text.codePointCount(0, text.length()) > MAX_LENGTH || !FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "must have 1 to 64 letters and digits, and between them . _ - @ +");
    }
  }

  /// The same for all names that count as this one. Upper case first makes those one that have more
  /// than one lower-case form (`ß` and `ss`, both sigmas).
  String key() {
    String compatible = Normalizer.normalize(text, Normalizer.Form.NFKC);
    String folded = compatible.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    return Normalizer.normalize(folded, Normalizer.Form.NFKC);
  }
}
