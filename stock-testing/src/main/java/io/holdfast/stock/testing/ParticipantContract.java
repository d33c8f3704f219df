package io.holdfast.stock.testing;

import static io.holdfast.stock.testing.Shop.purchase;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.holdfast.stock.Answer;
import io.holdfast.stock.Command;
import io.holdfast.stock.Customer;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.Line;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Participant.Place;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.StockEngine;
import io.holdfast.stock.StockFailure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What others write beside the stock commits with it, or not at all.
public abstract class ParticipantContract extends StockContract {
  private static final Duration TTL = Duration.ofMinutes(5);

  @BeforeEach
  final void makeTable() throws SQLException {
    try (Connection owner = database.connectAsOwner();
        Statement statement = owner.createStatement()) {
      statement.execute(Notes.TABLE_CREATE);
    }
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void writesWithTheStock(Place place) throws SQLException {
    shop().stocks("tea", 3);
    try (StockEngine engine = engineOn(database.pool(), with(place))) {
      Shop noting = new Shop(engine, database.pool(), shop().tenant());
      List<CompletableFuture<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        answers.add(buy(noting, "note " + i, "key" + i));
      }
      long bought =
          answers.stream()
              .filter(answer -> answer.join().outcome() instanceof Outcome.Purchased)
              .count();
      assertEquals(3, bought);
      for (int i = 0; i < 10; i++) {
        Answer again = buy(noting, "note " + i, "key" + i).join();
        assertEquals(again.replayed(), again.outcome() instanceof Outcome.Purchased);
      }
    }
    assertEquals(3, notes(), "one for each effect, none for a refusal or a replay");
  }

  @Test
  void anObjectionRefusesTheCommandAlone() throws SQLException {
    shop().stocks("tea", 100);
    try (StockEngine engine = engineOn(database.pool(), with(Place.LAST))) {
      Shop noting = new Shop(engine, database.pool(), shop().tenant());
      List<CompletableFuture<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        answers.add(buy(noting, i % 4 == 0 ? "no" : "yes", "key" + i));
      }
      long refused =
          answers.stream()
              .filter(a -> a.join().outcome() instanceof Refusal.RefusedByParticipant)
              .count();
      assertEquals(5, refused);
    }
    assertEquals(85, shop().count("tea").onHand());
    assertEquals(15, notes());
  }

  @Test
  void whatIsDoneTogetherIsOneEffectToThem() throws SQLException {
    shop().stocks("tea", 5);
    try (StockEngine engine = StockEngine.open(database.pool(), with(Place.AFTER_STOCK))) {
      Shop noting = new Shop(engine, database.pool(), shop().tenant());
      Command.Together pair =
          new Command.Together(List.of(purchase(Line.of("tea", 1)), purchase(Line.of("tea", 1))));
      for (String note : List.of("yes", "no", "yes", "yes")) {
        noting.submit(pair, noting.call().with(new Notes.Note(note))).join();
      }
    }
    assertEquals(1, shop().count("tea").onHand());
    assertEquals(2, notes());
  }

  @Test
  void eachLevelThatMovedIsTold() throws SQLException {
    shop().stocks("rice", 9);
    shop().stocks("tea", 5);
    Customer ann = new Customer("ann");
    Command.Reserve rice = new Command.Reserve(List.of(Line.of("rice", 4)), TTL, ann);
    var reserved = (Outcome.Reserved) shop().submit(rice, shop().call()).join().outcome();
    Command.Reserve tea =
        new Command.Reserve(List.of(Line.of("tea", 1), Line.of("tea", 2)), TTL, ann)
            .replacing(reserved.reservation());
    try (StockEngine engine = engineOn(database.pool(), with(Place.LAST))) {
      Shop noting = new Shop(engine, database.pool(), shop().tenant());
      noting.submit(tea, noting.call().with(new Notes.Note("levels"))).join();
    }
    assertEquals(List.of("levels", "rice: 9 of 9", "tea: 2 of 5"), noted());
  }

  @Test
  void anExpiryCarriesWhatTheSettingsSay() throws SQLException, InterruptedException {
    shop().stocks("tea", 5);
    Command.Reserve brief =
        new Command.Reserve(List.of(Line.of("tea", 2)), Command.MIN_TTL, new Customer("ann"));
    assertInstanceOf(Outcome.Reserved.class, shop().submit(brief, shop().call()).join().outcome());
    EngineSettings sweeping =
        with(Place.LAST)
            .with()
            .expiryAttachments(List.of(new Notes.Note("levels")))
            .sweepInterval(Duration.ofMillis(50))
            .build();
    try (StockEngine _ = StockEngine.open(database.pool(), sweeping)) {
      long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (noted().isEmpty() && System.nanoTime() < until) {
        Thread.sleep(20);
      }
    }
    assertEquals(List.of("levels", "tea: 5 of 5"), noted());
  }

  @ParameterizedTest
  @ValueSource(strings = {"fail", "stumble"})
  void oneBadCommandHasNoEffectAndHarmsNoOther(String bad) throws SQLException {
    shop().stocks("tea", 100);
    try (StockEngine engine = engineOn(database.pool(), with(Place.AFTER_STOCK))) {
      Shop noting = new Shop(engine, database.pool(), shop().tenant());
      List<CompletableFuture<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        answers.add(buy(noting, i == 17 ? bad : "fine", "key" + i));
      }
      for (int i = 0; i < 30; i++) {
        if (i == 17) {
          assertEquals(StockFailure.Code.UNEXPECTED, FaultContract.failure(answers.get(i)).code());
        } else {
          assertInstanceOf(Outcome.Purchased.class, answers.get(i).join().outcome());
        }
      }
    }
    assertEquals(71, shop().count("tea").onHand());
    assertEquals(29, notes());
  }

  private EngineSettings with(Place place) {
    return settings().with().participants(List.of(new Notes(place))).build();
  }

  private static CompletableFuture<Answer> buy(Shop shop, String note, String key) {
    return shop.submit(purchase(Line.of("tea", 1)), shop.call(key).with(new Notes.Note(note)));
  }

  private List<String> noted() throws SQLException {
    List<String> noted = new ArrayList<>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT text FROM holdfast.test_notes WHERE tenant_id = "
                    + shop().tenant().value()
                    + " ORDER BY text COLLATE \"C\"")) {
      while (rows.next()) {
        noted.add(rows.getString(1));
      }
    }
    return noted;
  }

  private long notes() throws SQLException {
    return noted().size();
  }
}
