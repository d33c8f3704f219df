package io.holdfast.stock.transaction;

import io.holdfast.stock.Answer;
import io.holdfast.stock.Call;
import io.holdfast.stock.Command;
import io.holdfast.stock.Customer;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.StockFailure;
import io.holdfast.stock.decide.StockView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A command on its way to its answer. The ids of the reservations that it makes are given to it at
/// the start, so that an attempt made again makes the same ones.
public final class Request {
  private final Command command;
  private final Call call;
  private final List<ReservationId> newReservations;
  private final Footprint footprint;
  private final @Nullable RequestKey key;
  private final long submittedNanos;
  private final boolean isBackground;
  private final CompletableFuture<Answer> answer = new CompletableFuture<>();

  // Used only by those who have the request at the time: its lane, or the batch that it is in.
  private int weight;
  private int[] touched;
  private boolean touchesMore;

  public Request(
      Command command,
      Call call,
      Supplier<ReservationId> ids,
      long submittedNanos,
      boolean isBackground) {
    requireOnlyOf(call.onlyOf(), command);
    this.command = command;
    this.call = call;
    this.key = RequestKey.of(command, call).orElse(null);
    this.submittedNanos = submittedNanos;
    this.isBackground = isBackground;
    this.footprint = Footprint.of(command);
    this.newReservations = drawn(ids, footprint.newReservations());
    this.weight = footprint.lines();
    this.touched = footprint.names();
    this.touchesMore = footprint.hasUnnamed();
  }

  private static void requireOnlyOf(@Nullable Customer customer, Command command) {
    if (customer == null) {
      return;
    }
    switch (command) {
      case Command.Reserve reserve -> requireSame(customer, reserve.customer());
      case Command.Purchase purchase -> requireSame(customer, purchase.customer());
      case Command.Together together ->
          together.commands().forEach(part -> requireOnlyOf(customer, part));
      case Command.Change _,
          Command.Commit _,
          Command.Release _,
          Command.Extend _,
          Command.Return _,
          Command.Expire _,
          Command.Receive _,
          Command.Adjust _,
          Command.Count _,
          Command.Transfer _,
          Command.SetSafetyStock _,
          Command.Correct _ -> {}
    }
  }

  private static void requireSame(Customer customer, @Nullable Customer named) {
    if (!customer.equals(named)) {
      throw new IllegalArgumentException("customer must be the one whose call it is");
    }
  }

  private static List<ReservationId> drawn(Supplier<ReservationId> ids, int count) {
    List<ReservationId> drawn = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      drawn.add(ids.get());
    }
    return drawn;
  }

  public Command command() {
    return command;
  }

  public Call call() {
    return call;
  }

  /// What there is for the caller.
  StockView seen(StockView view) {
    Customer customer = call.onlyOf();
    return customer == null ? view : view.seenBy(customer);
  }

  /// The ids of the reservations that it makes if it takes effect.
  public List<ReservationId> newReservations() {
    return newReservations;
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

  /// How much longer the caller will wait.
  public Duration patienceLeft(long nowNanos) {
    return call.patience().minusNanos(nowNanos - submittedNanos);
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

  /// The rows that it changes if it has any effect; none when it does not say all of them itself.
  public RowSet knownRows() {
    return footprint.changed();
  }

  /// Names of the items and customers that the command names: what its reservations will touch.
  public int[] itemsAndCustomers() {
    return footprint.itemsAndCustomers();
  }

  /// Names of what it touches, items, reservations and customers, so far as they are known. Two
  /// requests have one in common if they touch the same row, and now and then if they do not.
  public int[] touched() {
    return touched;
  }

  /// Whether it touches rows of which nothing is known before they are loaded.
  public boolean touchesMore() {
    return touchesMore;
  }

  /// Says on which items its reservations are taken to lie, and of which customers they are.
  /// Nothing is decided by it; if it is wrong, a transaction waits for another one's row.
  public void suppose(int[] itemsAndCustomers) {
    touched = IntStream.concat(Arrays.stream(touched), Arrays.stream(itemsAndCustomers)).toArray();
    touchesMore = false;
  }

  /// The reservations that the command is about; their levels are known once they are loaded.
  public List<ReservationId> reservations() {
    return footprint.reservations();
  }

  /// Whether the answer that its key is bound to stands in the row of the reservation that it
  /// makes. Of several, none could hold it alone.
  boolean isAnsweredInItsRow() {
    return command instanceof Command.Reserve || command instanceof Command.Purchase;
  }
}
