package io.holdfast.proof.registration;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// One name in all the ways in which it is written here. That they are one is known from how they
/// were made, not from a comparison: a prover that folded names itself could fold them as wrongly.
///
/// @param claimants how many want it at once
public record Name(List<String> spellings, int claimants) {

  private static final int CROWD = 1_000;
  private static final int GROUP = 30;

  /// From an ASCII character to its wide form.
  private static final int WIDE_OFFSET = 0xFF00 - 0x20;

  public Name {
    spellings = List.copyOf(spellings);
  }

  /// Names that nobody has yet.
  ///
  /// @param tag in ASCII, and part of each
  static List<Name> fresh(String tag) {
    return List.of(
        new Name(written(tag, "anna", "Anna", "ANNA", wide("anna")), CROWD),
        new Name(written(tag, "André", "ANDRÉ", decomposed("André")), GROUP),
        new Name(written(tag, "Straße", "STRASSE", "strasse", wide("strasse")), GROUP),
        new Name(written(tag, "Ὀδός", "Ὀδόσ", "ὈΔΌΣ", decomposed("Ὀδός")), GROUP),
        new Name(written(tag, "ﬁona", "Fiona", "FIONA"), GROUP),
        alone(tag, "\u0430nna"),
        alone(tag, "andre"),
        alone(tag, "strase"),
        alone(tag, "fi.ona"),
        alone(tag, "anna1"));
  }

  String spelling(int index) {
    return spellings.get(index % spellings.size());
  }

  private static Name alone(String tag, String word) {
    return new Name(written(tag, word), 1);
  }

  private static List<String> written(String tag, String... words) {
    return List.of(words).stream().map(word -> word + "-" + tag.toLowerCase(Locale.ROOT)).toList();
  }

  private static String decomposed(String word) {
    return Normalizer.normalize(word, Normalizer.Form.NFD);
  }

  private static String wide(String word) {
    return word.chars()
        .mapToObj(each -> Character.toString(each + WIDE_OFFSET))
        .collect(Collectors.joining());
  }
}
