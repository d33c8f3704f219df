package io.holdfast.server.catalog;

import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The words of a text: runs of letters and digits of any script, in lower case, without accents.
final class Words {
  /// Counts the rules by which words are made; another one has the words of all items made anew.
  static final int RULES = 1;

  /// What is behind the first words of an item finds it no more.
  static final int MAX_WORDS = 300;

  static final int NAME_WEIGHT = 8;
  private static final int CATEGORY_WEIGHT = 4;
  private static final int ATTRIBUTE_WEIGHT = 2;
  private static final int LEAST_WEIGHT = 1;

  private static final int MAX_LENGTH = 40;
  private static final Pattern ACCENT = Pattern.compile("\\p{M}+");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

  private Words() {}

  static List<String> of(String text) {
    String plain = Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    return WORD.matcher(ACCENT.matcher(plain).replaceAll(""))
        .results()
        .map(MatchResult::group)
        .map(Words::cut)
        .toList();
  }

  private static String cut(String word) {
    return word.codePointCount(0, word.length()) <= MAX_LENGTH
        ? word
        : word.substring(0, word.offsetByCodePoints(0, MAX_LENGTH));
  }

  /// The words of an item, each with the greatest weight that it has there.
  static Map<String, Integer> of(CatalogItem item) {
    Map<String, Integer> words = new LinkedHashMap<>();
    ItemDetails details = item.details();
    add(words, details.name().value(), NAME_WEIGHT);
    add(words, item.sku().value(), NAME_WEIGHT);
    if (details.category() != null) {
      add(words, details.category().value(), CATEGORY_WEIGHT);
    }
    details.attributes().values().values().forEach(value -> add(words, value, ATTRIBUTE_WEIGHT));
    // "vegan: yes" is looked for by its name.
    details.attributes().values().keySet().forEach(name -> add(words, name, LEAST_WEIGHT));
    if (details.description() != null) {
      add(words, details.description().value(), LEAST_WEIGHT);
    }
    return words;
  }

  private static void add(Map<String, Integer> words, String text, int weight) {
    for (String word : of(text)) {
      if (words.size() == MAX_WORDS) {
        return;
      }
      words.putIfAbsent(word, weight);
    }
  }
}
