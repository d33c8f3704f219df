package io.holdfast.server.catalog;

import java.util.LinkedHashSet;
import java.util.Set;

/// What a typo leaves of a word. Two words of which one is the other with a letter too few, too
/// many, another one or two swapped have a form in common: the word itself, or the word without one
/// of its letters. So the words that may be meant are found by equality.
///
/// Only letters are mistaken for others here: numbers that differ by a digit are different numbers.
final class WordForms {
  /// Shorter words are near too many others.
  private static final int MIN_LENGTH = 4;

  /// From here on two typos are forgiven, as far as a common form tells of them.
  private static final int LONG = 8;

  private WordForms() {}

  /// The word first; none for a word that is found only as it is.
  static Set<String> of(String word) {
    int[] letters = word.codePoints().toArray();
    Set<String> forms = new LinkedHashSet<>();
    if (letters.length < MIN_LENGTH || !word.codePoints().allMatch(Character::isLetter)) {
      return forms;
    }
    forms.add(word);
    for (int left = 0; left < letters.length; left++) {
      StringBuilder form = new StringBuilder();
      for (int i = 0; i < letters.length; i++) {
        if (i != left) {
          form.appendCodePoint(letters[i]);
        }
      }
      forms.add(form.toString());
    }
    return forms;
  }

  /// Whether somebody who wrote the one may have meant the other.
  static boolean isNear(String written, String meant) {
    int allowed = written.codePointCount(0, written.length()) < LONG ? 1 : 2;
    return distance(written.codePoints().toArray(), meant.codePoints().toArray()) <= allowed;
  }

  /// Letters to be added, left out, replaced, or swapped with the next one (optimal string
  /// alignment).
  static int distance(int[] a, int[] b) {
    int[][] cost = new int[a.length + 1][b.length + 1];
    for (int i = 0; i <= a.length; i++) {
      for (int j = 0; j <= b.length; j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, a, b, i, j);
      }
    }
    return cost[a.length][b.length];
  }

  private static int cheapest(int[][] cost, int[] a, int[] b, int i, int j) {
    int same = a[i - 1] == b[j - 1] ? 0 : 1;
    int least = Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + same);
    boolean isSwapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
    return isSwapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
  }
}
