package io.holdfast.proof.checker;

import io.holdfast.proof.history.Call;
import io.holdfast.proof.history.Stock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// I1: what was acknowledged never exceeds what there is, and no level goes below nothing.
record NeverOversold() implements Check {

  private static final int CALLS_SHOWN = 5;

  @Override
  public Invariant invariant() {
    return Invariant.I1;
  }

  @Override
  public Verdict judge(Evidence evidence, Claims claims) {
    return Verdict.all(history(evidence, claims), levels(evidence), rows(evidence));
  }

  private static Verdict history(Evidence evidence, Claims claims) {
    List<String> found = new ArrayList<>();
    evidence
        .supply()
        .forEach(
            (sku, supply) ->
                found.addAll(over(sku, supply, claims.taken(sku, null), claims.entries(sku))));
    for (Place place : claims.places()) {
      String name = place.sku() + " at " + place.location();
      long supply = evidence.opening().available(place);
      found.addAll(over(name, supply, claims.taken(place, null), claims.entries(place)));
    }
    return Verdict.of("sold <= supplied", found);
  }

  private static List<String> over(String name, long supply, Taken taken, List<Entry> entries) {
    long most = taken.atLeast().max(Long.MIN_VALUE, Long.MAX_VALUE - 1);
    if (most <= supply) {
      return List.of();
    }
    List<String> found = new ArrayList<>();
    found.add(most + " units of " + name + " acknowledged at once, " + supply + " supplied");
    long sincePassed = taken.atLeast().firstAbove(supply);
    entries.stream()
        .filter(entry -> entry.taken() > 0 && entry.when().latest() < Long.MAX_VALUE)
        .filter(entry -> entry.when().latest() >= sincePassed)
        .limit(CALLS_SHOWN)
        .forEach(entry -> found.add(entry.deed().describe()));
    return found;
  }

  private static Verdict levels(Evidence evidence) {
    List<String> found =
        evidence
            .history()
            .reads()
            .filter(Call::accepted)
            .filter(call -> isImpossible(call.answered().stock()))
            .map(call -> call.describe() + " " + call.answered().stock())
            .toList();
    return Verdict.of("levels read", found);
  }

  private static boolean isImpossible(@Nullable Stock stock) {
    return stock != null
        && (stock.onHand() < 0 || stock.reserved() < 0 || stock.reserved() > stock.onHand());
  }

  private static Verdict rows(Evidence evidence) {
    return switch (evidence.rows()) {
      case RowFindings.Asked asked -> {
        List<String> found = new ArrayList<>(asked.oversold());
        asked.unguarded().stream().filter(row -> row.startsWith("constraint")).forEach(found::add);
        yield Verdict.of("rows in " + asked.snapshots() + " snapshots, constraints exist", found);
      }
      case RowFindings.NotAsked not -> new Verdict.NotChecked("rows: " + not.why());
    };
  }
}
