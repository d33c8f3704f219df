package io.holdfast.server.order;

import io.holdfast.server.once.KeyedRequest;
import io.holdfast.server.origin.RequestOrigin;
import io.holdfast.stock.Actor;
import io.holdfast.stock.Attachment;
import io.holdfast.stock.Line;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.Sku;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// What a command is to come to for an order. It goes with the command into the engine's
/// transaction.
sealed interface OrderAsk extends Attachment {
  Asker asker();

  /// By whom and by which request it is asked, and where the answer is told.
  ///
  /// @param keyed null without an idempotency key
  /// @param told the order as the newest attempt left it: of an attempt that was committed if the
  ///   command was answered
  record Asker(
      Actor actor,
      RequestOrigin origin,
      @Nullable KeyedRequest keyed,
      AtomicReference<@Nullable Order> told) {

    Asker(Actor actor, RequestOrigin origin, @Nullable KeyedRequest keyed) {
      this(actor, origin, keyed, new AtomicReference<>());
    }

    /// Empty when an earlier request had the effect.
    Optional<Order> order() {
      return Optional.ofNullable(told.get());
    }
  }

  /// To place an order for what the command reserves.
  ///
  /// @param units of which items, in the order in which they were named
  /// @param expectedTotal what the buyer has seen; null: whatever it is
  record Placing(
      Asker asker,
      Map<Sku, Long> units,
      @Nullable String reference,
      @Nullable OrderTotal expectedTotal)
      implements OrderAsk {

    static Map<Sku, Long> units(List<Line> lines) {
      Map<Sku, Long> units = new LinkedHashMap<>();
      lines.forEach(line -> units.merge(line.sku(), line.quantity(), Math::addExact));
      return units;
    }
  }

  /// To go on with an order, by what the command does with its reservation.
  sealed interface Stepping extends OrderAsk {
    ReservationId order();

    /// Of the order that the command was made for.
    long seenVersion();

    OrderStep step();
  }

  /// By committing all of it.
  ///
  /// @param mayBeLate whether what has expired is to be reserved again, where the policy does so
  record Paying(
      Asker asker,
      ReservationId order,
      long seenVersion,
      Payment.Method method,
      @Nullable String reference,
      boolean mayBeLate)
      implements Stepping {
    @Override
    public OrderStep step() {
      return OrderStep.PAY;
    }
  }

  /// By releasing all of it, or by returning all that is open.
  record Cancelling(Asker asker, ReservationId order, long seenVersion, @Nullable String reason)
      implements Stepping {
    @Override
    public OrderStep step() {
      return OrderStep.CANCEL;
    }
  }

  /// By returning some of it.
  record TakingBack(
      Asker asker,
      ReservationId order,
      long seenVersion,
      Map<Sku, Long> units,
      @Nullable String reason)
      implements Stepping {
    @Override
    public OrderStep step() {
      return OrderStep.RETURN;
    }
  }
}
