package io.holdfast.proof.client;

import io.holdfast.proof.history.Action;
import io.holdfast.proof.history.Line;
import io.holdfast.proof.history.Ticker;
import io.holdfast.proof.shop.Intent;
import io.holdfast.proof.shop.Reply;
import io.holdfast.proof.workload.Script;
import io.holdfast.proof.workload.Step;
import io.holdfast.proof.workload.Wanted;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Plays one script.
final class Buyer {

  private final String name;
  private final ClientJob job;
  private final Errand errand;
  private int keys;
  private @Nullable Intent lastClaim;
  private @Nullable String reservation;
  private long expiresNanos;

  Buyer(int process, ClientJob job, Errand errand) {
    this.name = job.run() + "-" + process;
    this.job = job;
    this.errand = errand;
  }

  void play(Script script) {
    script.steps().forEach(this::take);
  }

  private void take(Step step) {
    switch (step) {
      case Step.Purchase purchase -> claim(Intent.purchase(key(), lines(purchase.lines())));
      case Step.Reserve reserve ->
          claim(Intent.reserve(key(), lines(reserve.lines()), reserve.ttlSeconds()));
      case Step.Commit _ -> end(Action.COMMIT);
      case Step.Release _ -> end(Action.RELEASE);
      case Step.Repeat _ -> repeat();
      case Step.ReuseKey _ -> reuseKey();
      case Step.Read read -> pursue(Intent.read(key(), job.skus().get(read.item())));
      case Step.AwaitExpiry wait -> {
        if (reservation != null) {
          Ticker.pauseUntil(expiresNanos + wait.offsetMillis() * 1_000_000L);
        }
      }
      case Step.Pause pause -> Ticker.pauseMillis(pause.millis());
    }
  }

  private void claim(Intent intent) {
    lastClaim = intent;
    reservation = null;
    switch (pursue(intent)) {
      case Reply.Accepted accepted -> {
        reservation = intent.action() == Action.RESERVE ? accepted.reservation() : null;
        int ttlSeconds = intent.ttlSeconds() == null ? 0 : intent.ttlSeconds();
        expiresNanos = Ticker.nanos() + ttlSeconds * 1_000_000_000L;
      }
      case Reply.Refused _, Reply.Unclear _ -> {}
    }
  }

  private void end(Action action) {
    if (reservation != null) {
      pursue(Intent.end(action, key(), reservation));
    }
  }

  private void repeat() {
    if (lastClaim != null) {
      pursue(lastClaim);
    }
  }

  private void reuseKey() {
    Intent first = lastClaim;
    if (first == null) {
      return;
    }
    List<Line> others =
        first.lines().stream().map(line -> new Line(line.sku(), line.quantity() + 1)).toList();
    pursue(new Intent(first.action(), first.key(), others, first.ttlSeconds(), null));
  }

  private Reply pursue(Intent intent) {
    return errand.pursue(intent, job.patienceMillis());
  }

  private List<Line> lines(List<Wanted> wanted) {
    return wanted.stream()
        .map(line -> new Line(job.skus().get(line.item()), line.quantity()))
        .toList();
  }

  private String key() {
    keys++;
    return name + "-" + keys;
  }
}
