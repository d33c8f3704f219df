package io.holdfast.proof.checker;

import io.holdfast.proof.history.Call;
import io.holdfast.proof.history.Level;
import io.holdfast.proof.history.Stock;
import io.holdfast.proof.history.Wish;
import io.holdfast.proof.shop.Codes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// I3: everything that was answered yes has counted. As many changes as were acknowledged are in
/// the versions, and what was meant for one version is done at that one or not at all.
record NoLostUpdate() implements Check {

  @Override
  public Invariant invariant() {
    return Invariant.I3;
  }

  @Override
  public Verdict judge(Evidence evidence, Claims claims) {
    boolean tellsVersions =
        claims.lives().stream()
                .flatMap(life -> life.deeds().stream())
                .anyMatch(NoLostUpdate::hasVersion)
            || evidence.opening().stock().values().stream()
                .anyMatch(stock -> !stock.levels().isEmpty());
    if (!tellsVersions) {
      return new Verdict.NotChecked("nobody tells versions here");
    }
    List<String> found = new ArrayList<>();
    for (Life life : claims.lives()) {
      found.addAll(unordered(life));
      found.addAll(wronglyStale(life, claims));
    }
    claims.operations().stream()
        .flatMap(operation -> Deed.of(operation).stream())
        .flatMap(deed -> unseen(deed).stream())
        .forEach(found::add);
    return Verdict.all(
        Verdict.of("versions in order", found),
        reservations(evidence.effects(), claims),
        levels(evidence, claims));
  }

  private static boolean hasVersion(Deed deed) {
    return deed.told().version() != null;
  }

  /// Two changes have two versions, and the later one the higher.
  private static List<String> unordered(Life life) {
    List<String> found = new ArrayList<>();
    List<Life.State> states = life.states();
    for (int i = 1; i < states.size(); i++) {
      Deed before = states.get(i - 1).since();
      Deed after = states.get(i).since();
      Long version = before.told().version();
      boolean isSame = version != null && version.equals(after.told().version());
      if (isSame || before.when().isSurelyAfter(after.when())) {
        found.add("out of order: " + before.describe() + ", then " + after.describe());
      }
    }
    return found;
  }

  /// What was done at another version than it was meant for.
  private static Optional<String> unseen(Deed deed) {
    Long meant =
        switch (deed.wish()) {
          case Wish.Change(_, _, Long version) -> version;
          case Wish.Count count -> Long.valueOf(count.version());
          case Wish.Reserve _,
              Wish.Purchase _,
              Wish.Extend _,
              Wish.Commit _,
              Wish.Release _,
              Wish.Return _,
              Wish.Receive _,
              Wish.Transfer _,
              Wish.Together _,
              Wish.Read _ ->
              null;
        };
    Long told = deed.told().version();
    return meant == null || told == null || told == meant + 1
        ? Optional.empty()
        : Optional.of("meant for version " + meant + ", made " + told + ": " + deed.describe());
  }

  /// A refusal as stale of what was just so: nothing else can have been done to it meanwhile.
  private static List<String> wronglyStale(Life life, Claims claims) {
    return claims.operations().stream()
        .filter(operation -> life.id().equals(operation.wish().reservation()))
        .flatMap(operation -> operation.refused().stream())
        .filter(call -> call.refusedAs(Codes.VERSION_CONFLICT))
        .filter(call -> life.isClear() && wasAsSeen(life, call))
        .map(call -> "refused as stale, though nothing had changed: " + call.describe())
        .toList();
  }

  private static boolean wasAsSeen(Life life, Call stale) {
    Long seen = stale.wish() instanceof Wish.Change(_, _, Long version) ? version : null;
    return life.states().stream()
        .map(Life.State::since)
        .filter(deed -> deed.told().version() != null && deed.told().version().equals(seen))
        .filter(deed -> deed.when().isSurelyOver(stale.span().start()))
        .anyMatch(
            deed ->
                life.deeds().stream()
                        .filter(other -> !other.equals(deed))
                        .noneMatch(other -> isBetween(other, deed, stale))
                    && life.givenWay().isEmpty());
  }

  /// Whether it can have been done after a deed and before a call was answered.
  private static boolean isBetween(Deed other, Deed deed, Call call) {
    return !deed.when().isSurelyAfter(other.when()) && other.when().earliest() <= call.span().end();
  }

  /// Each change of a reservation counts one.
  private static Verdict reservations(Effects effects, Claims claims) {
    if (effects instanceof Effects.Unseen unseen) {
      return new Verdict.NotChecked("reservations: " + unseen.why());
    }
    List<String> found = new ArrayList<>();
    for (Life life : claims.lives()) {
      Effect effect = effects.of(life.id()).orElse(null);
      if (effect == null || effect.version() == null || !life.isClear()) {
        continue;
      }
      boolean endedUnasked =
          !effect.state().equals("held") && !life.isPurchase() && life.ends().isEmpty();
      long changes = life.deeds().size() - 1L + (endedUnasked ? 1 : 0);
      if (effect.version() != 1 + changes) {
        found.add(
            "%s has version %d, after %d changes"
                .formatted(effect.describe(), effect.version(), changes));
      }
    }
    return Verdict.of("versions of reservations", found);
  }

  /// Each movement of a level counts one.
  private static Verdict levels(Evidence evidence, Claims claims) {
    if (claims.isAnyUnresolved()) {
      return new Verdict.NotChecked("levels: some calls have no definite answer");
    }
    List<String> found = new ArrayList<>();
    evidence
        .history()
        .reads()
        .filter(Call::accepted)
        .filter(call -> call.span().start() > evidence.quietNanos())
        .forEach(call -> found.addAll(uncounted(call, evidence.opening(), claims)));
    return Verdict.of("versions of levels", found.stream().distinct().toList());
  }

  private static List<String> uncounted(Call read, Opening opening, Claims claims) {
    Stock stock = read.answered().stock();
    List<String> found = new ArrayList<>();
    for (Level level : stock == null ? List.<Level>of() : stock.levels()) {
      Place place = new Place(read.wish().lines().getFirst().sku(), level.location());
      List<Entry> entries = claims.entries(place);
      long open = entries.stream().filter(entry -> isOpen(entry, read.span())).count();
      long done = entries.stream().filter(entry -> isDone(entry, read.span())).count();
      long first = opening.level(place).map(Level::version).orElse(0L);
      if (open == 0 && level.version() != first + done) {
        found.add(
            "%s at %s has version %d, after %d and %d changes"
                .formatted(place.sku(), place.location(), level.version(), first, done));
      }
    }
    return found;
  }

  private static boolean isDone(Entry entry, Call.Span read) {
    return entry.when().isSurelyOver(read.start());
  }

  /// Whether nobody knows if it had happened when that was read.
  private static boolean isOpen(Entry entry, Call.Span read) {
    return !isDone(entry, read) && entry.when().earliest() <= read.end();
  }
}
