package io.holdfast.server.start;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// What somebody who typed a word that there is not has probably meant.
final class Nearest {
  private static final int MAX_CHANGES = 2;
  // Two hyphens and three letters: less begins many names.
  private static final int MIN_BEGINNING = 5;

  private Nearest() {}

  /// The known word with the fewest changed letters, if they are few, or one that goes on as the
  /// typed one begins, such as with a unit that was left out.
  static Optional<String> to(String typed, Collection<String> known) {
    return known.stream()
        .filter(word -> changes(typed, word) <= MAX_CHANGES || isBeginning(typed, word))
        .min(
            Comparator.<String>comparingInt(word -> changes(typed, word))
                .thenComparing(Comparator.naturalOrder()));
  }

  /// The same as a sentence behind another one; empty if there is nothing near.
  static String hint(String typed, Collection<String> known) {
    return to(typed, known).map(word -> ". Did you mean '" + word + "'?").orElse("");
  }

  private static boolean isBeginning(String typed, String word) {
    return typed.length() >= MIN_BEGINNING && word.startsWith(typed);
  }

  /// Letters that are to be added, taken away or replaced (Levenshtein's distance), a row of the
  /// table at a time.
  private static int changes(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
