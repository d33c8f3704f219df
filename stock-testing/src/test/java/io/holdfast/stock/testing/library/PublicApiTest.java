package io.holdfast.stock.testing.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// What others compile against changes only where somebody meant it to.
class PublicApiTest {
  private static final Path DESCRIPTION = Path.of("..", "docs", "reference", "stock-api.txt");
  private static final Path FOUND = Path.of("target", "stock-api.txt");
  private static final String ACCEPT =
      "To accept: cp stock-testing/target/stock-api.txt docs/reference/stock-api.txt";

  /// What embedders write themselves; of the others they are given what the engine has.
  private static final List<String> OF_EMBEDDERS =
      List.of(
          "Attachment: ",
          "EngineObserver: ",
          "Participant: ",
          "Participant.Turn: ",
          "StockMutex: ",
          "StockMutex.Hold: ");

  private final PublicApi api = PublicApi.read();

  @Test
  void isWhatItsDescriptionSays() throws IOException {
    Files.write(FOUND, api.lines());
    Set<String> gone = new TreeSet<>(Files.readAllLines(DESCRIPTION));
    Set<String> come = new TreeSet<>(api.lines());
    come.removeAll(gone);
    gone.removeAll(api.lines());
    assertEquals(Set.of(), gone, "breaks who uses it; comes with a new first number. " + ACCEPT);
    List<String> owed = come.stream().filter(PublicApiTest::isOwedByEmbedders).toList();
    assertEquals(List.of(), owed, "breaks who implements it: give it a default. " + ACCEPT);
    assertEquals(Set.of(), come, "is new, and stays. " + ACCEPT);
  }

  private static boolean isOwedByEmbedders(String line) {
    return line.contains(": abstract ") && OF_EMBEDDERS.stream().anyMatch(line::startsWith);
  }

  @Test
  void namesOnlyTypesThatAnEmbedderCanSee() {
    Set<String> foreign = new TreeSet<>(api.packages());
    foreign.removeIf(name -> name.startsWith("java.") || name.startsWith("javax.sql."));
    assertEquals(Set.of(StockModule.NAME + "."), foreign);
  }

  @Test
  void findsEveryKindOfChange() {
    for (String line :
        List.of(
            "Answer: record (Outcome outcome, boolean replayed)",
            "Call: Call withKey(@Nullable IdempotencyKey)",
            "Control: constant COMBINED",
            "EngineObserver: default void queued(int)",
            "Line: static long MAX_QUANTITY = 1000000000",
            "Outcome: permits Refusal",
            "Participant: interface <A extends Attachment>",
            "StockEngine: abstract CompletionStage<Answer> submit(Command, Call)",
            "StockFailure: new(StockFailure.Code, String, @Nullable Throwable)")) {
      assertTrue(api.lines().contains(line), () -> line + " is not among " + api.lines());
    }
  }
}
