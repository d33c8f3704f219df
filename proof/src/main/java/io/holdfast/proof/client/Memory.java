package io.holdfast.proof.client;

import io.holdfast.proof.history.Line;
import io.holdfast.proof.history.Ticker;
import io.holdfast.proof.history.Told;
import io.holdfast.proof.history.Wish;
import io.holdfast.proof.shop.Reply;
import io.holdfast.proof.workload.Step;
import io.holdfast.proof.workload.Wanted;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What a buyer knows by now, and what the next step is to them by that.
final class Memory {

  private final ClientJob job;
  private final Map<String, Long> versions = new HashMap<>();
  private @Nullable Own own;

  /// The reservation that the buyer made last.
  private record Own(String id, String customer, long expiresNanos) {}

  Memory(ClientJob job) {
    this.job = job;
  }

  /// What is to be asked; nothing if it is about a reservation that was refused.
  Optional<Wish> wish(Step.Ask ask, String customer) {
    return switch (ask) {
      case Step.Purchase(var lines) -> Optional.of(new Wish.Purchase(lines(lines), customer));
      case Step.Reserve(var lines, int ttlSeconds, boolean isPartial) ->
          Optional.of(new Wish.Reserve(lines(lines), ttlSeconds, customer, isPartial, null));
      case Step.Replace(var of, var lines, int ttlSeconds) ->
          id(of).map(id -> new Wish.Reserve(lines(lines), ttlSeconds, owner(of), false, id));
      case Step.Change(var of, var lines, boolean asSeen) ->
          id(of).map(id -> new Wish.Change(id, lines(lines), asSeen ? versions.get(id) : null));
      case Step.Extend(var of, int ttlSeconds) -> id(of).map(id -> new Wish.Extend(id, ttlSeconds));
      case Step.Commit(var of, var lines) -> id(of).map(id -> new Wish.Commit(id, lines(lines)));
      case Step.Release(var of) -> id(of).map(Wish.Release::new);
      case Step.Return(var of, var lines) -> id(of).map(id -> new Wish.Return(id, lines(lines)));
      case Step.Receive(int item, String location, long quantity) ->
          Optional.of(new Wish.Receive(job.skus().get(item), location, quantity));
      case Step.Transfer(int item, String from, String to, long quantity) ->
          Optional.of(new Wish.Transfer(job.skus().get(item), from, to, quantity));
      case Step.Read(int item) -> Optional.of(new Wish.Read(job.skus().get(item)));
    };
  }

  private Optional<String> id(@Nullable Integer of) {
    return of == null
        ? Optional.ofNullable(own).map(Own::id)
        : Optional.of(job.reservations().get(of));
  }

  private String owner(@Nullable Integer of) {
    return of == null ? Objects.requireNonNull(own).customer : job.customer(of);
  }

  private List<Line> lines(List<Wanted> wanted) {
    return wanted.stream()
        .map(line -> new Line(job.skus().get(line.item()), line.location(), line.quantity()))
        .toList();
  }

  /// The same claim with other lines.
  static Wish withLines(Wish claim, List<Line> lines) {
    return switch (claim) {
      case Wish.Purchase purchase -> new Wish.Purchase(lines, purchase.customer());
      case Wish.Reserve reserve ->
          new Wish.Reserve(
              lines,
              reserve.ttlSeconds(),
              reserve.customer(),
              reserve.isPartial(),
              reserve.replaces());
      case Wish.Change _,
          Wish.Extend _,
          Wish.Commit _,
          Wish.Release _,
          Wish.Return _,
          Wish.Receive _,
          Wish.Transfer _,
          Wish.Count _,
          Wish.Together _,
          Wish.Read _ ->
          throw new IllegalArgumentException("no claim: " + claim);
    };
  }

  /// Whoever claims anew is no longer interested in what they had, unless that is to be replaced:
  /// then it stays if the new one is refused.
  void forget(Wish claim) {
    boolean isReplacing = claim instanceof Wish.Reserve reserve && reserve.replaces() != null;
    own = isReplacing ? own : null;
  }

  /// When the buyer's last reservation runs out; nothing if there is none.
  OptionalLong expiresNanos() {
    return own == null ? OptionalLong.empty() : OptionalLong.of(own.expiresNanos);
  }

  void note(Wish wish, Reply reply) {
    if (!(reply instanceof Reply.Accepted(Told told))) {
      return;
    }
    if (wish instanceof Wish.Together(List<Wish> wishes)) {
      for (int i = 0; i < wishes.size(); i++) {
        note(wishes.get(i), new Reply.Accepted(told.parts().get(i)));
      }
      return;
    }
    String id = told.reservation();
    if (id == null) {
      return;
    }
    if (told.version() != null) {
      versions.put(id, told.version());
    }
    switch (wish) {
      case Wish.Reserve reserve ->
          own =
              new Own(
                  id, reserve.customer(), Ticker.nanos() + reserve.ttlSeconds() * 1_000_000_000L);
      case Wish.Purchase purchase -> own = new Own(id, purchase.customer(), Ticker.nanos());
      case Wish.Change _,
          Wish.Extend _,
          Wish.Commit _,
          Wish.Release _,
          Wish.Return _,
          Wish.Receive _,
          Wish.Transfer _,
          Wish.Count _,
          Wish.Together _,
          Wish.Read _ -> {}
    }
  }
}
