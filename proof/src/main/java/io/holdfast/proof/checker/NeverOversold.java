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
            (sku, supply) -> {
              Timeline taken = claims.atLeast(sku);
              long most = taken.max(Long.MIN_VALUE, Long.MAX_VALUE - 1);
              if (most > supply) {
                found.add(
                    most + " units of " + sku + " acknowledged at once, " + supply + " supplied");
                found.addAll(tooLate(claims, sku, taken.firstAbove(supply)));
              }
            });
    return Verdict.of("sold <= supplied", found);
  }

  private static List<String> tooLate(Claims claims, String sku, long sincePassed) {
    return claims.claims().stream()
        .filter(claim -> claim.sku().equals(sku) && claim.start().latest() < Long.MAX_VALUE)
        .filter(claim -> claim.start().latest() >= sincePassed)
        .limit(CALLS_SHOWN)
        .map(claim -> claim.operation().calls().getLast().describe())
        .toList();
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
