package io.holdfast.server.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.stock.Sku;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
  @Test
  void wordsAreLettersAndDigitsWithoutAccents() {
    assertEquals(List.of("creme", "brulee", "2x100", "g"), Words.of("  Crème-BRÛLÉE, 2x100 g!"));
    assertEquals(List.of("δελτα", "строка", "日本語"), Words.of("Δέλτα Строка 日本語"));
    assertEquals(List.of(), Words.of("– !? …"));
    assertEquals(List.of("ffi"), Words.of("\uFB03"));
  }

  @Test
  void anEndlessWordIsCut() {
    assertEquals(List.of("x".repeat(40)), Words.of("x".repeat(5_000)));
  }

  @Test
  void aWordHasTheGreatestWeightThatItHas() {
    ItemDetails details =
        new ItemDetails(
            new ItemName("Rain jacket"),
            new Description("A jacket for rain and wind"),
            new Category("Jackets"),
            null,
            Attributes.of(Map.of("colour", "wind blue")),
            null);
    Map<String, Integer> words = Words.of(new CatalogItem(new Sku("RJ-1"), true, details));
    assertEquals(8, words.get("jacket"));
    assertEquals(8, words.get("rj"));
    assertEquals(4, words.get("jackets"));
    assertEquals(2, words.get("wind"));
    assertEquals(1, words.get("colour"));
    assertEquals(1, words.get("for"));
  }

  @ParameterizedTest
  @CsvSource({
    "jacket, jakket, 1",
    "jacket, jackt, 1",
    "jacket, jackett, 1",
    "jacket, jcaket, 1",
    "jacket, packed, 2",
    "caramel, camarel, 2",
    "a, '', 1"
  })
  void distanceCountsWhatAPersonMistypes(String meant, String written, int distance) {
    assertEquals(
        distance, WordForms.distance(meant.codePoints().toArray(), written.codePoints().toArray()));
    assertEquals(
        distance, WordForms.distance(written.codePoints().toArray(), meant.codePoints().toArray()));
  }

  /// Whatever single mistake somebody makes, the two words have a form in common.
  @Test
  void oneMistakeLeavesAFormInCommon() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 5_000; i++) {
      String meant = word(random, 5 + random.nextInt(8));
      String written = mistaken(random, meant);
      assertTrue(WordForms.isNear(written, meant), meant + " " + written);
      Set<String> forms = WordForms.of(meant);
      assertFalse(Collections.disjoint(forms, WordForms.of(written)), meant + " " + written);
    }
  }

  @Test
  void whatIsShortOrANumberIsFoundAsItIs() {
    assertEquals(Set.of(), WordForms.of("tea"));
    assertEquals(Set.of(), WordForms.of("00042"));
    assertEquals(Set.of(), WordForms.of("rj45x"));
  }

  private static String word(SplittableRandom random, int length) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < length; i++) {
      word.append((char) ('a' + random.nextInt(6)));
    }
    return word.toString();
  }

  private static String mistaken(SplittableRandom random, String word) {
    int at = random.nextInt(word.length() - 1);
    char other = (char) ('a' + random.nextInt(6));
    StringBuilder written = new StringBuilder(word);
    return switch (random.nextInt(4)) {
      case 0 -> written.deleteCharAt(at).toString();
      case 1 -> written.insert(at, other).toString();
      case 2 -> {
        written.setCharAt(at, other);
        yield written.toString();
      }
      default -> {
        written.setCharAt(at, word.charAt(at + 1));
        written.setCharAt(at + 1, word.charAt(at));
        yield written.toString();
      }
    };
  }
}
