package io.holdfast.proof.checker;

import io.holdfast.proof.history.Action;
import io.holdfast.proof.history.Operation;
import io.holdfast.proof.history.Wish;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// I11: a definite no never takes effect later.
record RefusedStaysRefused() implements Check {

  @Override
  public Invariant invariant() {
    return Invariant.I11;
  }

  @Override
  public Verdict judge(Evidence evidence, Claims claims) {
    return Verdict.all(effects(evidence, claims), ends(evidence, claims), drift(evidence, claims));
  }

  private static Verdict effects(Evidence evidence, Claims claims) {
    return switch (evidence.effects()) {
      case Effects.All all -> {
        Set<String> refused = refusedCustomers(claims);
        yield Verdict.of(
            "no effect of a no",
            all.list().stream()
                .filter(effect -> refused.contains(String.valueOf(effect.customer())))
                .map(effect -> "refused, yet there: " + effect.describe())
                .toList());
      }
      case Effects.Acknowledged _ -> new Verdict.NotChecked("rows of refused calls: no --db-url");
      case Effects.Unseen unseen -> new Verdict.NotChecked("effects: " + unseen.why());
    };
  }

  /// Customers for whom all was refused that was asked for in their name.
  private static Set<String> refusedCustomers(Claims claims) {
    Set<String> refused = new HashSet<>();
    Set<String> others = new HashSet<>();
    for (Operation operation : claims.operations()) {
      for (Wish wish : operation.wish().each()) {
        if (wish.customer() != null) {
          (operation.refused().isPresent() ? refused : others).add(wish.customer());
        }
      }
    }
    refused.removeAll(others);
    return refused;
  }

  private static Verdict ends(Evidence evidence, Claims claims) {
    List<String> found = new ArrayList<>();
    for (Effect effect : evidence.effects().seen()) {
      Optional<Life> life = claims.life(effect.reservation());
      boolean isTold = life.filter(each -> !each.ends().isEmpty()).isPresent();
      List<Operation> ends = claims.ends(effect.reservation());
      if (effect.state().equals("committed") && !isTold && onlyRefused(ends, Action.COMMIT)) {
        found.add("every commit refused, yet " + effect.describe());
      }
      boolean mayGiveWay = life.flatMap(Life::givenWay).isPresent();
      boolean isReleased = effect.state().equals("released") && !isTold && !mayGiveWay;
      if (isReleased && onlyRefused(ends, Action.RELEASE)) {
        found.add("every release refused, yet " + effect.describe());
      }
    }
    return Verdict.of("refused commits and releases", found);
  }

  private static boolean onlyRefused(List<Operation> ends, Action action) {
    List<Operation> tried = ends.stream().filter(end -> end.action() == action).toList();
    return !tried.isEmpty() && tried.stream().allMatch(end -> end.refused().isPresent());
  }

  /// Once everybody has a definite answer, nothing may go any more.
  private static Verdict drift(Evidence evidence, Claims claims) {
    if (claims.isAnyUnresolved()) {
      return new Verdict.NotChecked("stock afterwards: some calls have no definite answer");
    }
    List<String> found = new ArrayList<>();
    Map<Place, Reads.Read> before = new HashMap<>();
    for (Reads.Read read : Reads.quiet(evidence, claims)) {
      Reads.Read earlier = before.put(read.place(), read);
      if (earlier != null && read.available() < earlier.available()) {
        found.add(
            read.place().sku()
                + ": "
                + earlier.available()
                + " available after the last answer, then "
                + read.available());
      }
    }
    return Verdict.of("nothing gone after the last answer", found);
  }
}
