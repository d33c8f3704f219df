package io.holdfast.stock.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.holdfast.stock.Answer;
import io.holdfast.stock.Command;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.ReservationId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// Random sequences of commands, given to the engine and to the [Model]: the same answers, the same
/// counts at the end. Seeds are in the messages; a failing one replays by itself.
public abstract class ModelContract extends StockContract {
  private static final int COMMANDS = 30;

  /// How many sequences of [#COMMANDS] commands are drawn.
  protected int sequences() {
    return 200;
  }

  /// Whether commands of one tenant that are submitted one after the other are decided in that
  /// order.
  protected boolean decidesInOrder() {
    return false;
  }

  @Test
  void answersAsTheModelDoes() throws SQLException {
    shop().sells("seed");
    for (int seed = 0; seed < sequences(); seed++) {
      Shop fresh = new Shop(engine(), database.pool(), database.newTenant());
      fresh.sells("a", "b", "c").sellsUntracked("untracked");
      compare(fresh, seed);
    }
  }

  private void compare(Shop fresh, int seed) {
    RandomCommands drawn = new RandomCommands(new SplittableRandom(seed));
    Model model = new Model();
    List.of("a", "b", "c").forEach(sku -> model.sells(sku, true));
    model.sells("untracked", false);
    List<ReservationId> known = new ArrayList<>();
    List<String> story = new ArrayList<>();
    for (int step = 0; step < COMMANDS; step += 5) {
      List<Command> commands = new ArrayList<>();
      List<CompletableFuture<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        Command command = drawn.next(known);
        commands.add(command);
        answers.add(fresh.submit(command));
        if (!decidesInOrder()) {
          answers.getLast().join();
        }
      }
      for (int i = 0; i < 5; i++) {
        Outcome outcome = answers.get(i).join().outcome();
        story.add(commands.get(i) + " -> " + outcome);
        assertEquals(
            model.outcome(commands.get(i), outcome), outcome, () -> "seed " + seed + story);
        if (outcome instanceof Outcome.Reserved reserved) {
          known.add(reserved.reservation());
        }
      }
    }
    for (String sku : List.of("a", "b", "c")) {
      if (model.count(sku).version() > 0) {
        assertEquals(model.count(sku), fresh.count(sku), () -> "seed " + seed + story);
      }
    }
  }
}
