package io.holdfast.proof.checker;

import io.holdfast.proof.history.Wish;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// I9: what was asked for as a whole is there as a whole or not at all; what was asked for in part
/// adds up to the whole.
record NothingPartial() implements Check {

  @Override
  public Invariant invariant() {
    return Invariant.I9;
  }

  @Override
  public Verdict judge(Evidence evidence, Claims claims) {
    boolean isAboutIt =
        claims.operations().stream()
            .flatMap(operation -> operation.wish().each().stream())
            .anyMatch(NothingPartial::isWhole);
    if (!isAboutIt) {
      return new Verdict.NotChecked("no order of several lines here");
    }
    List<String> found = new ArrayList<>();
    claims.operations().stream()
        .flatMap(operation -> Deed.of(operation).stream())
        .filter(deed -> !isAsAsked(deed))
        .map(deed -> "told something else: " + deed.describe() + ", " + deed.told().lines())
        .forEach(found::add);
    claims.lives().stream().filter(Life::isClear).forEach(life -> found.addAll(incomplete(life)));
    return Verdict.all(
        Verdict.of("answers add up", found), lines(evidence, claims), rows(evidence.rows()));
  }

  /// Whether it is about more than one thing that could come apart.
  private static boolean isWhole(Wish wish) {
    return switch (wish) {
      case Wish.Reserve reserve -> reserve.isPartial() || reserve.lines().size() > 1;
      case Wish.Purchase purchase -> purchase.lines().size() > 1;
      case Wish.Change _ -> true;
      case Wish.Commit commit -> !commit.lines().isEmpty();
      case Wish.Extend _,
          Wish.Release _,
          Wish.Return _,
          Wish.Receive _,
          Wish.Transfer _,
          Wish.Count _,
          Wish.Together _,
          Wish.Read _ ->
          false;
    };
  }

  /// Whether the answer is about the lines that were asked for.
  private static boolean isAsAsked(Deed deed) {
    Map<String, Long> wanted = Place.sumBySku(deed.wish().lines());
    Map<String, Long> told = Place.sumBySku(deed.told().lines());
    // A shop that says nothing about lines says nothing wrong.
    boolean isSilent = wanted.isEmpty() || told.isEmpty();
    return switch (deed.wish()) {
      case Wish.Reserve reserve ->
          isSilent
              || (wanted.equals(sum(told, Place.sumBySku(deed.told().missing())))
                  && (reserve.isPartial() || deed.told().missing().isEmpty())
                  && isWhereNamed(deed));
      case Wish.Purchase _, Wish.Change _, Wish.Commit _, Wish.Return _ ->
          isSilent || (wanted.equals(told) && isWhereNamed(deed));
      case Wish.Extend _,
          Wish.Release _,
          Wish.Receive _,
          Wish.Transfer _,
          Wish.Count _,
          Wish.Together _,
          Wish.Read _ ->
          true;
    };
  }

  private static boolean isWhereNamed(Deed deed) {
    Map<Place, Long> got = sum(Place.sum(deed.told().lines()), Place.sum(deed.told().missing()));
    return Place.sum(deed.wish().lines()).entrySet().stream()
        .filter(wanted -> wanted.getKey().location() != null)
        .allMatch(wanted -> got.getOrDefault(wanted.getKey(), 0L) >= wanted.getValue());
  }

  /// What was committed and what was released of a reservation is what it had.
  private static List<String> incomplete(Life life) {
    List<String> found = new ArrayList<>();
    for (Deed end : life.ends()) {
      Map<Place, Long> ended = sum(Place.sum(end.told().lines()), Place.sum(end.told().released()));
      if (!ended.isEmpty() && !ended.equals(life.held())) {
        found.add("had " + life.held() + ", but of it ended " + ended + ": " + end.describe());
      }
    }
    return found;
  }

  private static <K> Map<K, Long> sum(Map<K, Long> some, Map<K, Long> others) {
    Map<K, Long> sum = new HashMap<>(some);
    others.forEach((key, quantity) -> sum.merge(key, quantity, Math::addExact));
    return sum;
  }

  private static Verdict lines(Evidence evidence, Claims claims) {
    if (evidence.effects() instanceof Effects.Unseen unseen) {
      return new Verdict.NotChecked("lines: " + unseen.why());
    }
    List<String> found = new ArrayList<>();
    for (Life life : claims.lives()) {
      Optional<Effect> effect = evidence.effects().of(life.id());
      if (life.isClear() && effect.isPresent()) {
        Map<Place, Long> kept = Place.sum(effect.get().lines());
        if (!kept.equals(life.kept())) {
          found.add(effect.get().describe() + ", but told " + life.kept());
        }
      }
    }
    return Verdict.of("lines of what was acknowledged", found);
  }

  private static Verdict rows(RowFindings rows) {
    return switch (rows) {
      case RowFindings.Asked asked ->
          Verdict.of("movements in " + asked.snapshots() + " snapshots", asked.partial());
      case RowFindings.NotAsked not -> new Verdict.NotChecked("movements: " + not.why());
    };
  }
}
