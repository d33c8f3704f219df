package io.holdfast.stock.testing;

import io.holdfast.stock.Command;
import io.holdfast.stock.Customer;
import io.holdfast.stock.Line;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.Reason;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.Sku;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Draws commands that meet often: few items, small stocks, reservations that exist. The same seed
/// draws the same commands.
public final class RandomCommands {
  private static final List<String> SKUS = List.of("a", "b", "c", "untracked", "unknown");
  private static final LocationId BACK = new LocationId("back");
  private static final Duration HOUR = Duration.ofHours(1);

  private final RandomGenerator random;

  public RandomCommands(RandomGenerator random) {
    this.random = random;
  }

  /// @param known reservations that were made before
  public Command next(List<ReservationId> known) {
    return random.nextInt(8) == 0
        ? new Command.Together(
            IntStream.rangeClosed(0, 1 + random.nextInt(3)).mapToObj(_ -> single(known)).toList())
        : single(known);
  }

  /// Whose reservations alone there are to be for a command: one for whom it may be, or null, which
  /// stands for all.
  public @Nullable Customer onlyOf(Command command) {
    Set<Customer> named = named(command).collect(Collectors.toSet());
    if (named.size() > 1 || random.nextInt(3) > 0) {
      return null;
    }
    return named.isEmpty() ? customer() : named.iterator().next();
  }

  private static Stream<Customer> named(Command command) {
    return switch (command) {
      case Command.Reserve reserve -> Stream.ofNullable(reserve.customer());
      case Command.Purchase purchase -> Stream.ofNullable(purchase.customer());
      case Command.Together together -> together.commands().stream().flatMap(RandomCommands::named);
      default -> Stream.empty();
    };
  }

  private Command single(List<ReservationId> known) {
    return switch (random.nextInt(18)) {
      case 0, 1, 2 -> new Command.Reserve(lines(), HOUR, customer());
      case 3 -> new Command.Reserve(lines(), HOUR, customer()).partially();
      case 4 -> new Command.Reserve(lines(), HOUR, customer()).replacing(one(known));
      case 5 -> new Command.Purchase(lines(), customer());
      case 6 -> new Command.Commit(one(known));
      case 7 -> new Command.Commit(one(known), lines());
      case 8 -> new Command.Release(one(known));
      case 9 -> new Command.Extend(one(known), Duration.ofMinutes(1 + random.nextInt(120)));
      case 10 -> new Command.Expire(one(known));
      case 11 -> change(known);
      case 12 ->
          new Command.Return(one(known), random.nextBoolean() ? lines() : List.of(), reason());
      case 13 -> new Command.Receive(item(), location(), 1 + random.nextInt(5), reason());
      case 14 ->
          new Command.Adjust(
              item(),
              location(),
              random.nextBoolean() ? 1 + random.nextInt(3) : -1 - random.nextInt(3),
              new Reason("drawn"));
      case 15 ->
          new Command.Count(item(), location(), random.nextInt(8), random.nextInt(6), reason());
      case 16 -> {
        boolean isForth = random.nextBoolean();
        yield new Command.Transfer(
            item(),
            isForth ? LocationId.MAIN : BACK,
            isForth ? BACK : LocationId.MAIN,
            1 + random.nextInt(3),
            reason());
      }
      default -> new Command.SetSafetyStock(item(), location(), random.nextInt(3), reason());
    };
  }

  private Command change(List<ReservationId> known) {
    return new Command.Change(
        one(known), lines(), random.nextInt(4) == 0 ? (long) random.nextInt(3) : null);
  }

  private List<Line> lines() {
    return IntStream.rangeClosed(0, random.nextInt(3)).mapToObj(_ -> line(3)).toList();
  }

  private Line line(int most) {
    return new Line(item(), random.nextBoolean() ? location() : null, 1 + random.nextInt(most));
  }

  private LocationId location() {
    return random.nextInt(3) == 0 ? BACK : LocationId.MAIN;
  }

  private @Nullable Reason reason() {
    return random.nextBoolean() ? new Reason("found") : null;
  }

  private Sku item() {
    return new Sku(sku());
  }

  /// Rarely one that nobody knows.
  private String sku() {
    return SKUS.get(random.nextInt(20) == 0 ? 4 : random.nextInt(4));
  }

  private Customer customer() {
    return new Customer("customer " + random.nextInt(3));
  }

  private ReservationId one(List<ReservationId> known) {
    return known.isEmpty() || random.nextInt(20) == 0
        ? new ReservationId(new UUID(random.nextLong(), random.nextLong()))
        : known.get(random.nextInt(known.size()));
  }
}
