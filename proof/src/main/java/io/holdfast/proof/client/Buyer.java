package io.holdfast.proof.client;

import io.holdfast.proof.history.Level;
import io.holdfast.proof.history.Line;
import io.holdfast.proof.history.Stock;
import io.holdfast.proof.history.Ticker;
import io.holdfast.proof.history.Told;
import io.holdfast.proof.history.Wish;
import io.holdfast.proof.shop.Bundle;
import io.holdfast.proof.shop.Intent;
import io.holdfast.proof.shop.Reply;
import io.holdfast.proof.workload.Script;
import io.holdfast.proof.workload.Step;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Plays one script.
final class Buyer {

  private final String name;
  private final ClientJob job;
  private final Script script;
  private final Errand errand;
  private final Memory memory;
  private int keys;
  private @Nullable Intent lastClaim;
  private @Nullable Bundle lastBundle;

  /// The last request that changes something, to be sent again.
  private Runnable last = () -> {};

  Buyer(int process, ClientJob job, Script script, Errand errand) {
    this.name = job.run() + "-" + process;
    this.job = job;
    this.script = script;
    this.errand = errand;
    this.memory = new Memory(job);
  }

  /// What was begun is brought to its end.
  void play(BooleanSupplier isEnough) {
    for (Step step : script.steps()) {
      boolean isNew = step instanceof Step.Purchase || step instanceof Step.Reserve;
      if (isNew && isEnough.getAsBoolean()) {
        return;
      }
      take(step);
    }
  }

  private void take(Step step) {
    switch (step) {
      case Step.Ask ask -> ask(ask);
      case Step.Together(var asks) -> together(asks);
      case Step.Bundle(var asks) -> bundle(asks);
      case Step.Count count -> count(count);
      case Step.Repeat _ -> last.run();
      case Step.RepeatPart(int index) -> repeatPart(index);
      case Step.ReuseKey _ -> reuseKey();
      case Step.AwaitExpiry(int offsetMillis) ->
          memory
              .expiresNanos()
              .ifPresent(end -> Ticker.pauseUntil(end + offsetMillis * 1_000_000L));
      case Step.Pause(int millis) -> Ticker.pauseMillis(millis);
    }
  }

  private void ask(Step.Ask ask) {
    String key = key();
    memory.wish(ask, customer(key)).ifPresent(wish -> send(new Intent(key, wish)));
  }

  private void send(Intent intent) {
    if (intent.wish() instanceof Wish.Read) {
      pursue(intent);
      return;
    }
    last = () -> pursue(intent);
    if (intent.action().claims()) {
      lastClaim = intent;
      memory.forget(intent.wish());
    }
    memory.note(intent.wish(), pursue(intent));
  }

  /// Nothing at all is asked if one of them can't be.
  private void together(List<Step.Ask> asks) {
    String key = key();
    List<Wish> wishes =
        asks.stream().flatMap(ask -> memory.wish(ask, customer(key)).stream()).toList();
    if (wishes.size() == asks.size()) {
      send(new Intent(key, new Wish.Together(wishes)));
    }
  }

  private void bundle(List<Step.Ask> asks) {
    String key = key();
    List<Wish> wishes =
        IntStream.range(0, asks.size())
            .mapToObj(i -> memory.wish(asks.get(i), customer(Bundle.key(key, i))))
            .flatMap(Optional::stream)
            .toList();
    if (wishes.size() < asks.size()) {
      return;
    }
    Bundle bundle = new Bundle(key, wishes);
    lastBundle = bundle;
    last = () -> errand.pursue(bundle, job.patienceMillis());
    List<Reply> replies = errand.pursue(bundle, job.patienceMillis());
    for (int i = 0; i < replies.size(); i++) {
      memory.note(wishes.get(i), replies.get(i));
    }
  }

  private void repeatPart(int index) {
    if (lastBundle != null) {
      pursue(lastBundle.intents().get(index));
    }
  }

  private void count(Step.Count count) {
    String sku = job.skus().get(count.item());
    if (pursue(new Intent(key(), new Wish.Read(sku))) instanceof Reply.Accepted(Told told)) {
      level(told.stock(), count.location())
          .map(
              level ->
                  new Wish.Count(
                      sku,
                      count.location(),
                      Math.max(0, level.onHand() + count.difference()),
                      level.version()))
          .ifPresent(wish -> send(new Intent(key(), wish)));
    }
  }

  private static Optional<Level> level(@Nullable Stock stock, String location) {
    return stock == null
        ? Optional.empty()
        : stock.levels().stream().filter(each -> each.location().equals(location)).findFirst();
  }

  private void reuseKey() {
    Intent first = lastClaim;
    if (first == null) {
      return;
    }
    List<Line> others =
        first.wish().lines().stream()
            .map(line -> new Line(line.sku(), line.location(), line.quantity() + 1))
            .toList();
    pursue(new Intent(first.key(), Memory.withLines(first.wish(), others)));
  }

  private Reply pursue(Intent intent) {
    return errand.pursue(intent, job.patienceMillis());
  }

  /// Everybody is a customer of their own for each claim, so that every effect leads back to its
  /// key, unless the script says for whom it is.
  private String customer(String key) {
    Integer number = script.customer();
    return number == null ? key : job.customer(number);
  }

  private String key() {
    keys++;
    return name + "-" + keys;
  }
}
