package io.holdfast.stock.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.holdfast.stock.Answer;
import io.holdfast.stock.Command;
import io.holdfast.stock.Customer;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.PurchaseLimit;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockPolicy;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Random sequences of commands, given to the engine and to the [Model]: the same answers, the same
/// counts at the end. Seeds are in the messages; a failing one replays by itself.
public abstract class ModelContract extends StockContract {
  private static final int COMMANDS = 30;

  /// Before the main one, whose priority is usual.
  private static final int BACK_PRIORITY = 50;

  private static final StockPolicy LENIENT =
      new StockPolicy(StockPolicy.ExpiredCommit.RESERVE_AGAIN, 3L);

  private static final PurchaseLimit LIMIT =
      new PurchaseLimit(new Sku("a"), 5, Duration.ofHours(1));

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
      fresh.sells("a", "b", "c").sellsUntracked("untracked").opens("back", BACK_PRIORITY);
      if (seed % 2 == 0) {
        fresh.chooses(LENIENT).limits(LIMIT);
      }
      compare(fresh, seed);
    }
  }

  private void compare(Shop fresh, int seed) {
    RandomCommands drawn = new RandomCommands(new SplittableRandom(seed));
    Model model = new Model().opens("back", BACK_PRIORITY);
    if (seed % 2 == 0) {
      model.chooses(LENIENT).limits(LIMIT);
    }
    List.of("a", "b", "c").forEach(sku -> model.sells(sku, true));
    model.sells("untracked", false);
    List<ReservationId> known = new ArrayList<>();
    List<String> story = new ArrayList<>();
    for (int step = 0; step < COMMANDS; step += 5) {
      List<Command> commands = new ArrayList<>();
      List<@Nullable Customer> onlyOf = new ArrayList<>();
      List<CompletableFuture<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        Command command = drawn.next(known);
        Customer customer = drawn.onlyOf(command);
        commands.add(command);
        onlyOf.add(customer);
        answers.add(
            fresh.submit(command, customer == null ? fresh.call() : fresh.call().onlyOf(customer)));
        if (!decidesInOrder()) {
          answers.getLast().join();
        }
      }
      for (int i = 0; i < 5; i++) {
        Outcome outcome = asDecided(answers.get(i).join().outcome());
        story.add(commands.get(i) + " only of " + onlyOf.get(i) + " -> " + outcome);
        assertEquals(
            asDecided(model.outcome(commands.get(i), onlyOf.get(i), outcome)),
            outcome,
            () -> "seed " + seed + story);
        Model.made(outcome).forEach(known::add);
      }
    }
    for (String sku : List.of("a", "b", "c")) {
      fresh
          .levels(sku)
          .forEach(
              (location, count) ->
                  assertEquals(model.count(sku, location), count, () -> "seed " + seed + story));
    }
  }

  /// Without what is looked up after the decision, and without an instant that stands in a refusal
  /// alone: one that a command done together with it would have set.
  private static Outcome asDecided(Outcome outcome) {
    return switch (outcome) {
      case Refusal.InsufficientStock(List<Refusal.Shortage> shortages) ->
          new Refusal.InsufficientStock(
              shortages.stream().map(each -> each.explained(null, List.of())).toList());
      case Refusal.PartRefused(int index, Refusal.ReservationNotDue(ReservationId id, _)) ->
          new Refusal.PartRefused(index, new Refusal.ReservationNotDue(id, Instant.EPOCH));
      case Refusal.PartRefused(int index, Refusal part) ->
          new Refusal.PartRefused(index, (Refusal) asDecided(part));
      default -> outcome;
    };
  }
}
