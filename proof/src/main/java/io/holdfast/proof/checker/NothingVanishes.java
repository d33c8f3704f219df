package io.holdfast.proof.checker;

import io.holdfast.proof.history.Call;
import io.holdfast.proof.history.Level;
import io.holdfast.proof.history.Stock;
import java.util.ArrayList;
import java.util.List;

/// I6: what lies anywhere changes only by what was sold, came back or was counted. A transfer makes
/// nothing and loses nothing, also for whoever looks while it is done.
record NothingVanishes() implements Check {

  @Override
  public Invariant invariant() {
    return Invariant.I6;
  }

  @Override
  public Verdict judge(Evidence evidence, Claims claims) {
    List<String> found = new ArrayList<>();
    evidence
        .history()
        .reads()
        .filter(Call::accepted)
        .forEach(call -> found.addAll(unexplained(call, evidence.opening(), claims)));
    boolean looked = evidence.history().reads().anyMatch(Call::accepted);
    return Verdict.all(
        looked
            ? Verdict.of("on_hand of what was read", found)
            : new Verdict.NotChecked("on_hand: it was not read"),
        rows(evidence.rows()));
  }

  private static List<String> unexplained(Call read, Opening opening, Claims claims) {
    String sku = read.wish().lines().getFirst().sku();
    Stock stock = read.answered().stock();
    Stock first = opening.stock().get(sku);
    if (stock == null || first == null) {
      return List.of();
    }
    List<String> found = new ArrayList<>();
    found.addAll(outside(read, sku, stock.onHand(), first.onHand(), claims.gone(sku)));
    for (Level level : stock.levels()) {
      Place place = new Place(sku, level.location());
      long had = opening.level(place).map(Level::onHand).orElse(0L);
      String name = sku + " at " + level.location();
      found.addAll(outside(read, name, level.onHand(), had, claims.gone(place)));
    }
    return found;
  }

  private static List<String> outside(Call read, String name, long onHand, long had, Taken gone) {
    long least = had - gone.atMost().max(read.span().start(), read.span().end());
    long most = had - gone.atLeast().min(read.span().start(), read.span().end());
    return onHand >= least && onHand <= most
        ? List.of()
        : List.of(
            "%s: %d on hand, but between %d and %d by the answers given"
                .formatted(name, onHand, least, most));
  }

  private static Verdict rows(RowFindings rows) {
    return switch (rows) {
      case RowFindings.Asked asked ->
          Verdict.of("transfers in " + asked.snapshots() + " snapshots", asked.vanished());
      case RowFindings.NotAsked not -> new Verdict.NotChecked("transfers: " + not.why());
    };
  }
}
