package io.holdfast.stock.transaction;

import io.holdfast.stock.Answer;
import io.holdfast.stock.Call;
import io.holdfast.stock.Command;
import io.holdfast.stock.Line;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.StockFailure;
import io.holdfast.stock.decide.LevelKey;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A command on its way to its answer. The id of the reservation that it may make is given to it at
/// the start, so that an attempt made again makes the same one.
public final class Request {
  private final Command command;
  private final Call call;
  private final ReservationId newId;
  private final @Nullable RequestKey key;
  private final long submittedNanos;
  private final boolean isBackground;
  private final CompletableFuture<Answer> answer = new CompletableFuture<>();

  /// Only those who have the request at the time use it: its lane, or the batch that it is in.
  private int weight;

  public Request(
      Command command, Call call, ReservationId newId, long submittedNanos, boolean isBackground) {
    this.command = command;
    this.call = call;
    this.newId = newId;
    this.key = RequestKey.of(command, call).orElse(null);
    this.submittedNanos = submittedNanos;
    this.isBackground = isBackground;
    this.weight = leastWeight(command);
  }

  public Command command() {
    return command;
  }

  public Call call() {
    return call;
  }

  ReservationId newId() {
    return newId;
  }

  Optional<RequestKey> key() {
    return Optional.ofNullable(key);
  }

  public long submittedNanos() {
    return submittedNanos;
  }

  /// Whether nobody waits for it: it comes after those for whom somebody does, and waits for a held
  /// row no longer than a batch does.
  public boolean isBackground() {
    return isBackground;
  }

  public CompletableFuture<Answer> answer() {
    return answer;
  }

  public boolean isOverdue(long nowNanos) {
    return nowNanos - submittedNanos > call.patience().toNanos();
  }

  public void fail(StockFailure failure) {
    answer.completeExceptionally(failure);
  }

  /// How many reservation lines it touches, the measure of a batch's size in rows. Of a command
  /// about an existing reservation that is known once it was loaded, and taken for one before.
  public int weight() {
    return weight;
  }

  void learnWeight(int lines) {
    weight = lines;
  }

  private static int leastWeight(Command command) {
    return switch (command) {
      case Command.Reserve reserve -> reserve.lines().size();
      case Command.Purchase purchase -> purchase.lines().size();
      case Command.Commit _,
          Command.Release _,
          Command.Expire _,
          Command.Extend _,
          Command.Receive _,
          Command.Adjust _ ->
          1;
    };
  }

  /// The levels that the command itself names.
  List<LevelKey> levels() {
    return switch (command) {
      case Command.Reserve reserve -> levelsOf(reserve.lines());
      case Command.Purchase purchase -> levelsOf(purchase.lines());
      case Command.Receive receive -> levelsOf(List.of(receive.line()));
      case Command.Adjust adjust -> List.of(new LevelKey(adjust.sku(), adjust.location()));
      case Command.Commit _, Command.Release _, Command.Expire _, Command.Extend _ -> List.of();
    };
  }

  /// The reservation that the command is about; its levels are known once it is loaded.
  Optional<ReservationId> reservation() {
    return switch (command) {
      case Command.Commit commit -> Optional.of(commit.reservation());
      case Command.Release release -> Optional.of(release.reservation());
      case Command.Expire expire -> Optional.of(expire.reservation());
      case Command.Extend extend -> Optional.of(extend.reservation());
      case Command.Reserve _, Command.Purchase _, Command.Receive _, Command.Adjust _ ->
          Optional.empty();
    };
  }

  boolean makesReservation() {
    return switch (command) {
      case Command.Reserve _, Command.Purchase _ -> true;
      case Command.Commit _,
          Command.Release _,
          Command.Expire _,
          Command.Extend _,
          Command.Receive _,
          Command.Adjust _ ->
          false;
    };
  }

  /// Only these change what lies on the levels of an existing reservation.
  boolean movesReservedStock() {
    return switch (command) {
      case Command.Commit _, Command.Release _, Command.Expire _ -> true;
      case Command.Extend _,
          Command.Reserve _,
          Command.Purchase _,
          Command.Receive _,
          Command.Adjust _ ->
          false;
    };
  }

  private static List<LevelKey> levelsOf(List<Line> lines) {
    return lines.stream().map(line -> new LevelKey(line.sku(), line.location())).toList();
  }
}
