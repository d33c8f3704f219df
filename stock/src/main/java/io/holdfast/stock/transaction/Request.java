package io.holdfast.stock.transaction;

import io.holdfast.stock.Answer;
import io.holdfast.stock.Call;
import io.holdfast.stock.Command;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.StockFailure;
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
  private final Footprint footprint;
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
    this.footprint = Footprint.of(command);
    this.weight = footprint.lines();
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

  /// The rows that the command touches, as far as it says so itself.
  Footprint footprint() {
    return footprint;
  }

  /// The reservations that the command is about; their levels are known once they are loaded.
  List<ReservationId> reservations() {
    return footprint.reservations();
  }

  boolean makesReservation() {
    return footprint.makesReservation();
  }
}
