package io.holdfast.proof.payment;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.holdfast.proof.checker.Verdict;
import io.holdfast.proof.history.Stock;
import io.holdfast.proof.payment.Messenger.Sent;
import io.holdfast.proof.payment.Sold.Attempt;
import io.holdfast.proof.shop.Json;
import io.holdfast.proof.shop.Try;
import io.holdfast.proof.till.Charge;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// I22: whoever is charged has the stock, is charged once and what it costs, and nothing is left
/// open. Pure: the same calls, charges and orders give the same verdict.
///
/// @param charges what the provider knows, which is what is true of money
/// @param orders what the shop tells when all is quiet
/// @param stock of each item then
/// @param mayBeLate whether a buyer may go on when the order has expired, which is waited for
/// @param lost requests and answers between the shop and the provider
public record Payments(
    List<Payer> payers,
    List<Charge> charges,
    List<Sold> orders,
    Map<String, Stock> stock,
    Sent events,
    boolean mayBeLate,
    int lost) {
  public Payments {
    payers = List.copyOf(payers);
    charges = List.copyOf(charges);
    orders = List.copyOf(orders);
    stock = Map.copyOf(stock);
  }

  /// I22.
  public Verdict charged() {
    Map<String, Charge> byId = byId();
    List<String> found = new ArrayList<>();
    Set<String> known = new HashSet<>();
    for (Sold order : orders) {
      order.attempts().forEach(attempt -> known.add(attempt.intent()));
      found.addAll(chargedFor(order, byId));
    }
    for (Charge charge : charges) {
      if (charge.isTakenEarly()) {
        found.add("taken before its order was paid: " + charge);
      }
      if (isOpen(charge)) {
        found.add("left open: " + charge);
      }
      if (charge.taken() > 0 && !known.contains(charge.id())) {
        found.add("taken, and the shop tells of no such payment: " + charge);
      }
    }
    if (events.forgedAccepted() > 0) {
      found.add(events.forgedAccepted() + " events were taken that nobody had signed");
    }
    if (events.refused() > 0) {
      found.add(events.refused() + " events were refused that were signed");
    }
    return Verdict.of(
        "of %d charges each is of an order with its stock or went back".formatted(charges.size()),
        found);
  }

  private Map<String, Charge> byId() {
    Map<String, Charge> byId = new HashMap<>();
    charges.forEach(charge -> byId.put(charge.id(), charge));
    return byId;
  }

  private boolean isOpen(Charge charge) {
    return charge.isOpen() && !isBuyersTurn(charge);
  }

  /// Of an order that has not expired, since a buyer who got no answer for long goes away; or of
  /// any.
  private boolean isBuyersTurn(Charge charge) {
    return charge.status().equals("requires_action")
        && (mayBeLate || orders.stream().anyMatch(order -> isStillToBePaid(order, charge)));
  }

  private static boolean isStillToBePaid(Sold order, Charge charge) {
    return order.isReserved()
        && order.attempts().stream().anyMatch(attempt -> attempt.intent().equals(charge.id()));
  }

  private boolean isSettled(Attempt attempt, @Nullable Charge charge) {
    return attempt.isSettled() || (charge != null && isBuyersTurn(charge));
  }

  private List<String> chargedFor(Sold order, Map<String, Charge> byId) {
    List<String> found = new ArrayList<>();
    List<Charge> taken = new ArrayList<>();
    long kept = 0;
    for (Attempt attempt : order.attempts()) {
      Charge charge = byId.get(attempt.intent());
      if (!isSettled(attempt, charge)) {
        found.add("never settled: %s of %s".formatted(attempt, order));
      }
      if (charge == null) {
        continue;
      }
      if (charge.taken() > 0) {
        taken.add(charge);
        kept += charge.kept();
      }
      if (attempt.state().equals("captured") != charge.taken() > 0) {
        found.add("told %s, and there is %s".formatted(attempt, charge));
      }
    }
    if (taken.size() > 1) {
      found.add("charged more than once: %s by %s".formatted(order, taken));
    }
    long due = order.isPaid() ? order.total() : 0;
    if (kept != due) {
      found.add("charged %d, and due is %d: %s".formatted(kept, due, order));
    }
    if (order.isPaid() && taken.stream().noneMatch(each -> each.id().equals(order.intent()))) {
      found.add("paid by what took nothing, %s: %s".formatted(order.intent(), order));
    }
    return found;
  }

  /// I1: what was paid was there, and what was not paid still is.
  ///
  /// @param supply of each item
  public Verdict supplied(long supply) {
    List<String> found = new ArrayList<>();
    stock.forEach(
        (sku, level) -> {
          long sold = units(sku, Sold::isPaid);
          long held = units(sku, Sold::isReserved);
          if (sold + held > supply) {
            found.add("of %s %d were sold, and there were %d".formatted(sku, sold + held, supply));
          }
          if (level.onHand() != supply - sold || level.reserved() != held) {
            found.add(
                "of %s %d of %d were sold and %d are held, and there is %s"
                    .formatted(sku, sold, supply, held, level));
          }
        });
    return Verdict.of("what was paid is sold, and nothing else", found);
  }

  private long units(String sku, Predicate<Sold> which) {
    return orders.stream()
        .filter(which)
        .mapToLong(order -> order.units().getOrDefault(sku, 0L))
        .sum();
  }

  /// Whether nobody waits for anything any more.
  public boolean isQuiet() {
    Map<String, Charge> byId = byId();
    return charges.stream().noneMatch(this::isOpen)
        && orders.stream()
            .flatMap(order -> order.attempts().stream())
            .allMatch(attempt -> isSettled(attempt, byId.get(attempt.intent())));
  }

  /// What was not exercised; nothing if the run counts.
  ///
  /// @param kills how often a node was killed meanwhile
  public List<String> missing(int kills, int peakInFlight) {
    List<String> missing = new ArrayList<>();
    require(missing, peakInFlight > 1, "no two calls overlapped");
    require(missing, charges.stream().anyMatch(each -> each.taken() > 0), "nobody was charged");
    require(missing, charges.stream().anyMatch(each -> each.back() > 0), "nothing went back");
    require(missing, lost > 0, "no answer of the provider was lost");
    require(missing, events.accepted() > 0, "no event was taken");
    require(missing, payers.stream().anyMatch(Payer::isLate), "nobody paid too late");
    require(
        missing,
        payers.stream()
            .flatMap(payer -> payer.paying().stream())
            .anyMatch(each -> "payment_under_way".equals(each.code())),
        "nobody paid twice at once");
    require(missing, placing().anyMatch(Try::isShort), "nobody was refused for lack of stock");
    require(missing, kills == 0 || unknown() > 0, "no call was cut off by the kill");
    return missing;
  }

  private static void require(List<String> missing, boolean isThere, String otherwise) {
    if (!isThere) {
      missing.add(otherwise);
    }
  }

  private Stream<Try> placing() {
    return payers.stream().flatMap(payer -> payer.placing().stream());
  }

  public List<Try> calls() {
    return payers.stream()
        .flatMap(payer -> Stream.concat(payer.placing().stream(), payer.paying().stream()))
        .toList();
  }

  public long soldUnits() {
    return stock.keySet().stream().mapToLong(sku -> units(sku, Sold::isPaid)).sum();
  }

  public long refused() {
    return placing().filter(Try::isShort).count();
  }

  public long unknown() {
    return calls().stream().filter(Try::isUnknown).count();
  }

  /// Those that had no answer at first and a definite one in the end.
  public long resolved() {
    return payers.stream()
        .flatMap(payer -> Stream.of(payer.placing(), payer.paying()))
        .filter(tries -> tries.stream().anyMatch(Try::isUnknown) && tries.getLast().isDefinite())
        .count();
  }

  /// A call of a payer, as it is kept.
  private record Line(String key, String course, @JsonUnwrapped Try answer) {}

  /// The calls, the charges and the orders.
  public List<String> lines() {
    Stream<String> asked =
        payers.stream()
            .flatMap(
                payer ->
                    Stream.concat(payer.placing().stream(), payer.paying().stream())
                        .map(each -> new Line(payer.key(), payer.course().name(), each)))
            .map(Json::write);
    return Stream.of(asked, charges.stream().map(Json::write), orders.stream().map(Json::write))
        .flatMap(each -> each)
        .toList();
  }
}
