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
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Draws commands that meet often: few items, small stocks, reservations that exist. The same seed
/// draws the same commands.
public final class RandomCommands {
  private static final List<String> SKUS = List.of("a", "b", "c", "untracked", "unknown");
  private static final Duration HOUR = Duration.ofHours(1);

  private final RandomGenerator random;

  public RandomCommands(RandomGenerator random) {
    this.random = random;
  }

  /// @param known reservations that were made before
  public Command next(List<ReservationId> known) {
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> new Command.Reserve(lines(), HOUR, customer());
      case 3 -> new Command.Purchase(lines(), customer());
      case 4 -> new Command.Commit(one(known));
      case 5 -> new Command.Release(one(known));
      case 6 -> new Command.Extend(one(known), Duration.ofMinutes(1 + random.nextInt(120)));
      case 7 -> new Command.Expire(one(known));
      case 8 -> new Command.Receive(line(5), random.nextBoolean() ? new Reason("found") : null);
      default ->
          new Command.Adjust(
              new Sku(sku()),
              LocationId.MAIN,
              random.nextBoolean() ? 1 + random.nextInt(3) : -1 - random.nextInt(3),
              new Reason("drawn"));
    };
  }

  private List<Line> lines() {
    return IntStream.rangeClosed(0, random.nextInt(3)).mapToObj(_ -> line(3)).toList();
  }

  private Line line(int most) {
    return Line.of(sku(), 1 + random.nextInt(most));
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
