package io.holdfast.server.order;

import io.holdfast.server.catalog.Money;
import io.holdfast.server.catalog.Offer;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.stock.Refusal.RefusedByParticipant;
import io.holdfast.stock.Sku;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What an order comes to, or why it can't be placed.
///
/// @param currency empty when it can't
record Pricing(
    List<OrderLine> lines, String currency, long total, Optional<RefusedByParticipant> objection) {
  /// The largest integer that every reader of JSON keeps exact.
  static final long MAX_TOTAL = 9_007_199_254_740_991L;

  static Pricing of(OrderAsk.Placing placing, Map<Sku, Offer> offers) {
    List<OrderLine> lines = new ArrayList<>();
    String currency = "";
    long total = 0;
    for (Map.Entry<Sku, Long> wanted : placing.units().entrySet()) {
      Sku sku = wanted.getKey();
      Offer offer = offers.get(sku);
      Money price = offer == null ? null : offer.price();
      if (offer != null && offer.isArchived()) {
        return refused(ProblemCode.ITEM_ARCHIVED, "the item " + sku + " is archived");
      }
      if (offer == null || price == null) {
        return refused(ProblemCode.ITEM_WITHOUT_PRICE, "the item " + sku + " has no price");
      }
      if (!currency.isEmpty() && !currency.equals(price.currency())) {
        return refused(
            ProblemCode.SEVERAL_CURRENCIES,
            "there are prices in %s and in %s".formatted(currency, price.currency()));
      }
      currency = price.currency();
      OrderLine line = OrderLine.placed(sku, offer.name(), price.amount(), wanted.getValue());
      if (!isWithin(line, MAX_TOTAL - total)) {
        return refused(ProblemCode.TOTAL_OUT_OF_RANGE, "an order is worth at most " + MAX_TOTAL);
      }
      total += line.total();
      lines.add(line);
    }
    return expected(new Pricing(lines, currency, total, Optional.empty()), placing.expectedTotal());
  }

  private static boolean isWithin(OrderLine line, long max) {
    try {
      return line.total() <= max;
    } catch (ArithmeticException e) {
      return false;
    }
  }

  private static Pricing expected(Pricing found, @Nullable OrderTotal expected) {
    if (expected == null
        || (expected.amount() == found.total() && expected.currency().equals(found.currency()))) {
      return found;
    }
    return refused(
        ProblemCode.PRICE_CHANGED,
        "the total is %d %s, and %d %s was expected"
            .formatted(found.total(), found.currency(), expected.amount(), expected.currency()));
  }

  private static Pricing refused(ProblemCode code, String detail) {
    return new Pricing(List.of(), "", 0, Optional.of(OrderRefusal.of(code, detail)));
  }
}
