package io.holdfast.proof.checker;

import io.holdfast.proof.history.Call;
import io.holdfast.proof.history.Line;
import io.holdfast.proof.history.Operation;
import io.holdfast.proof.history.Wish;
import io.holdfast.proof.shop.Codes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// I2: nobody is refused what was there all the time, and in the end exactly what was sold is gone.
record NeverUndersold() implements Check {

  @Override
  public Invariant invariant() {
    return Invariant.I2;
  }

  @Override
  public Verdict judge(Evidence evidence, Claims claims) {
    List<String> refusals = new ArrayList<>();
    for (Operation operation : claims.operations()) {
      operation
          .refused()
          .filter(call -> call.refusedAs(Codes.INSUFFICIENT_STOCK))
          .filter(call -> wasThere(evidence, claims, call))
          .map(call -> call.describe() + ", though enough was available all the time")
          .ifPresent(refusals::add);
      Deed.of(operation).stream()
          .filter(deed -> gotTooLittle(evidence, claims, deed))
          .map(deed -> deed.describe() + ", though more was available all the time")
          .forEach(refusals::add);
    }
    List<String> remains =
        Reads.of(evidence, claims).stream()
            .filter(read -> read.tooLittle() || read.tooMuch())
            .map(Reads.Read::describe)
            .toList();
    boolean looked = !Reads.quiet(evidence, claims).isEmpty();
    return Verdict.all(
        Verdict.of("refusals", refusals),
        looked || !remains.isEmpty()
            ? Verdict.of("available = supplied - sold", remains)
            : new Verdict.NotChecked("stock in the end: it was not read"));
  }

  /// Whether all that was refused was there at every moment when it can have been decided.
  private static boolean wasThere(Evidence evidence, Claims claims, Call refusal) {
    return switch (refusal.wish()) {
      case Wish.Purchase _, Wish.Transfer _ -> wasThere(evidence, claims, refusal, null);
      case Wish.Reserve reserve ->
          reserve.isPartial()
              ? wasAny(evidence, claims, refusal)
              : wasThere(evidence, claims, refusal, givingWay(claims, reserve.replaces()));
      // A change may always have what the reservation has.
      case Wish.Change(String id, _, _) -> wasThere(evidence, claims, refusal, id);
      // Together, one may have taken what another was refused.
      case Wish.Together _ -> false;
      case Wish.Extend _,
          Wish.Commit _,
          Wish.Release _,
          Wish.Return _,
          Wish.Receive _,
          Wish.Count _,
          Wish.Read _ ->
          false;
    };
  }

  /// An older reservation is in nobody's way only as long as nobody has sold it.
  private static @Nullable String givingWay(Claims claims, @Nullable String older) {
    return claims
        .life(older)
        .filter(life -> life.isClear() && life.ends().isEmpty() && life.givenWay().isEmpty())
        .map(Life::id)
        .orElse(null);
  }

  private static boolean wasThere(
      Evidence evidence, Claims claims, Call refusal, @Nullable String own) {
    long from = refusal.span().start() - evidence.soldOutAgeNanos();
    long to = refusal.span().end();
    List<Line> lines = refusal.wish().lines();
    boolean isInAll =
        Place.sumBySku(lines).entrySet().stream()
            .allMatch(
                line -> {
                  long supply = evidence.supply().getOrDefault(line.getKey(), 0L);
                  Taken taken = claims.taken(line.getKey(), own);
                  return supply - taken.atMost().max(from, to) >= line.getValue();
                });
    boolean isWhereNamed =
        Place.sum(lines).entrySet().stream()
            .filter(line -> line.getKey().location() != null)
            .allMatch(
                line -> {
                  long supply = evidence.opening().available(line.getKey());
                  Taken taken = claims.taken(line.getKey(), own);
                  return supply - taken.atMost().max(from, to) >= line.getValue();
                });
    return isInAll && isWhereNamed;
  }

  /// Whoever is content with less is refused only if there is nothing at all.
  private static boolean wasAny(Evidence evidence, Claims claims, Call refusal) {
    return refusal.wish().lines().stream()
        .filter(line -> line.location() == null)
        .map(Line::sku)
        .anyMatch(sku -> least(evidence, claims.taken(sku, null), sku, refusal.span()) > 0);
  }

  /// What of an item was there at every moment of a call.
  private static long least(Evidence evidence, Taken taken, String sku, Call.Span span) {
    long supply = evidence.supply().getOrDefault(sku, 0L);
    return supply - taken.atMost().max(span.start(), span.end());
  }

  /// Whoever is content with less gets all there is.
  private static boolean gotTooLittle(Evidence evidence, Claims claims, Deed deed) {
    Map<String, Long> got = Place.sumBySku(deed.told().lines());
    return deed.told().missing().stream()
        .filter(line -> line.location() == null)
        .map(Line::sku)
        .anyMatch(
            sku -> {
              Taken taken = claims.taken(sku, deed.reservation());
              return least(evidence, taken, sku, deed.operation().effect())
                  > got.getOrDefault(sku, 0L);
            });
  }
}
