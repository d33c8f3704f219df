package io.holdfast.proof.checker;

import io.holdfast.proof.history.Call;
import io.holdfast.proof.shop.Codes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// I20: no customer ever has more of an item within its time than the limit, and nobody is refused
/// for a limit that is not reached.
record WithinLimits() implements Check {

  @Override
  public Invariant invariant() {
    return Invariant.I20;
  }

  @Override
  public Verdict judge(Evidence evidence, Claims claims) {
    Map<String, Opening.Limit> limits = evidence.opening().limits();
    if (limits.isEmpty()) {
      return new Verdict.NotChecked("nothing is limited here");
    }
    List<String> exceeded = new ArrayList<>();
    for (String customer : customers(claims)) {
      limits.forEach(
          (sku, limit) -> {
            long had = most(claims, customer, sku, limit);
            if (had > limit.maxQuantity()) {
              exceeded.add(customer + " had " + had + " of " + sku + " at once, " + limit);
            }
          });
    }
    List<String> refused =
        claims.operations().stream()
            .flatMap(operation -> operation.refused().stream())
            .filter(call -> call.refusedAs(Codes.LIMIT_EXCEEDED))
            .filter(call -> wasWithin(limits, claims, call))
            .map(call -> "refused for a limit that was not reached: " + call.describe())
            .toList();
    return Verdict.all(
        Verdict.of("within the limits", exceeded),
        Verdict.of("refused beyond them", refused),
        rows(evidence.effects(), claims, limits));
  }

  private static TreeSet<String> customers(Claims claims) {
    return claims.lives().stream()
        .flatMap(life -> life.customer().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// The most that a customer surely had at one moment of what was claimed within the time.
  static long most(Claims claims, String customer, String sku, Opening.Limit limit) {
    Timeline had = new Timeline();
    for (Life life : claims.lives()) {
      if (life.customer().filter(customer::equals).isPresent()) {
        had.addUntil(
            life.firstLapse(limit.windowNanos()), Taken.of(of(life, sku), Entry::taken).atLeast());
      }
    }
    return had.settled().max(Long.MIN_VALUE, Long.MAX_VALUE - 1);
  }

  /// The most that they may have had between two moments.
  private static long mostPossible(
      Claims claims, String sku, Opening.Limit limit, Predicate<Life> which, Call.Span span) {
    Timeline had = new Timeline();
    for (Life life : claims.lives()) {
      if (which.test(life)) {
        had.addUntil(
            life.lastLapse(sku, limit.windowNanos()),
            Taken.of(of(life, sku), Entry::taken).atMost());
      }
    }
    return had.settled().max(span.start(), span.end());
  }

  private static List<Entry> of(Life life, String sku) {
    return life.entries().stream().filter(entry -> entry.place().sku().equals(sku)).toList();
  }

  private static boolean wasWithin(Map<String, Opening.Limit> limits, Claims claims, Call refusal) {
    String own = refusal.wish().reservation();
    String customer = customer(claims, refusal);
    Predicate<Life> counts =
        life ->
            life.customer().filter(each -> each.equals(customer)).isPresent()
                && !life.id().equals(own);
    return customer != null
        && refusal.wish().each().size() == 1
        && Place.sumBySku(refusal.wish().lines()).entrySet().stream()
            .filter(line -> limits.containsKey(line.getKey()))
            .allMatch(
                line -> {
                  Opening.Limit limit = Objects.requireNonNull(limits.get(line.getKey()));
                  long had = mostPossible(claims, line.getKey(), limit, counts, refusal.span());
                  return had + line.getValue() <= limit.maxQuantity();
                });
  }

  private static @Nullable String customer(Claims claims, Call call) {
    String named = call.wish().customer();
    return named == null
        ? claims.life(call.wish().reservation()).flatMap(Life::customer).orElse(null)
        : named;
  }

  /// What the shop has of it in the end, by its own clock: what was claimed once and never grew.
  private static Verdict rows(Effects effects, Claims claims, Map<String, Opening.Limit> limits) {
    if (effects instanceof Effects.Unseen unseen) {
      return new Verdict.NotChecked("reservations: " + unseen.why());
    }
    Map<String, List<Effect>> steady =
        effects.seen().stream()
            .filter(effect -> effect.isAlive() && effect.times().createdAt() != null)
            .filter(effect -> claims.life(effect.reservation()).filter(Life::hasGrown).isEmpty())
            .collect(Collectors.groupingBy(effect -> String.valueOf(effect.customer())));
    List<String> found = new ArrayList<>();
    steady.forEach(
        (customer, its) ->
            limits.forEach(
                (sku, limit) ->
                    its.stream()
                        .filter(effect -> within(its, effect, sku, limit) > limit.maxQuantity())
                        .map(effect -> customer + " has too much by " + effect.describe())
                        .forEach(found::add)));
    return Verdict.of("reservations by their times", found);
  }

  /// Units that counted at the moment when one was claimed, with it.
  private static long within(List<Effect> its, Effect last, String sku, Opening.Limit limit) {
    Instant to = createdAt(last);
    Instant from = to.minus(Duration.ofNanos(limit.windowNanos()));
    return last.left(sku) == 0
        ? 0
        : its.stream()
            .filter(each -> createdAt(each).isAfter(from) && !createdAt(each).isAfter(to))
            .mapToLong(each -> each.left(sku))
            .sum();
  }

  private static Instant createdAt(Effect effect) {
    return Objects.requireNonNull(effect.times().createdAt(), "only those that tell it are asked");
  }
}
