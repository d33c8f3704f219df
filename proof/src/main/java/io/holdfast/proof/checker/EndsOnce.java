package io.holdfast.proof.checker;

import io.holdfast.proof.history.Call;
import io.holdfast.proof.history.Operation;
import io.holdfast.proof.history.Wish;
import io.holdfast.proof.shop.Codes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// I12: exactly one of commit, release and expire; expiry never early and never more than 5 s late.
/// What was sold comes back at most once.
record EndsOnce() implements Check {

  private static final Duration GRACE = Duration.ofNanos(Life.EXPIRY_GRACE_NANOS);

  @Override
  public Invariant invariant() {
    return Invariant.I12;
  }

  @Override
  public Verdict judge(Evidence evidence, Claims claims) {
    List<Life> reserved =
        claims.lives().stream()
            .filter(life -> life.made().isPresent() && !life.isPurchase())
            .toList();
    if (reserved.isEmpty()) {
      return new Verdict.NotChecked("nothing was reserved");
    }
    List<String> found = new ArrayList<>();
    for (Life life : reserved) {
      found.addAll(twice(life));
      found.addAll(afterwards(life));
      found.addAll(untimely(life, claims));
    }
    claims.lives().forEach(life -> found.addAll(cameBackTwice(life)));
    return Verdict.all(
        Verdict.of("ends of " + reserved.size() + " reservations", found),
        states(evidence.effects()),
        freed(evidence, claims),
        rows(evidence.rows()));
  }

  private static List<String> twice(Life life) {
    return life.ends().size() < 2
        ? List.of()
        : List.of("ended more than once: " + life.ends().stream().map(Deed::describe).toList());
  }

  /// Once it has ended nothing is changed or extended; once another has taken its place it does not
  /// end any more.
  private static List<String> afterwards(Life life) {
    List<Deed> tooLate = new ArrayList<>();
    for (Deed end : life.ends()) {
      tooLate.addAll(life.after(end.when()));
    }
    life.givenWay().ifPresent(when -> tooLate.addAll(life.after(when)));
    return tooLate.stream()
        .filter(deed -> !(deed.wish() instanceof Wish.Return))
        .map(deed -> "done to what had ended: " + deed.describe())
        .distinct()
        .toList();
  }

  /// Each unit comes back once, and only what was sold.
  private static List<String> cameBackTwice(Life life) {
    Map<Place, Long> committed = life.committed();
    List<String> found = new ArrayList<>();
    life.returned()
        .forEach(
            (place, quantity) -> {
              long sold = committed.getOrDefault(place, 0L);
              if (life.isClear() && quantity > sold) {
                found.add(
                    quantity
                        + " units of "
                        + place.sku()
                        + " came back of "
                        + sold
                        + " sold with "
                        + life.returns().getLast().describe());
              }
            });
    return found;
  }

  private static List<String> untimely(Life life, Claims claims) {
    Bounds expiry = life.expiry();
    List<String> found = new ArrayList<>();
    for (Operation end : claims.ends(life.id())) {
      // A later attempt may repeat the answer to one that was in time.
      Call first = end.calls().getFirst();
      boolean isLate =
          expiry.latest() < Long.MAX_VALUE
              && first.span().start() > expiry.latest() - Life.EXPIRY_GRACE_NANOS;
      if (first.accepted() && isLate) {
        found.add("accepted after its time: " + first.describe());
      }
      end.calls().stream()
          .filter(EndsOnce::isExpired)
          .filter(call -> call.span().end() < life.expiryBy(call.span().start()).earliest())
          .forEach(call -> found.add("expired before its time: " + call.describe()));
    }
    return found;
  }

  private static boolean isExpired(Call call) {
    String body = call.answered().body();
    return call.refusedAs(Codes.RESERVATION_EXPIRED)
        || (call.refusedAs(Codes.RESERVATION_NOT_HELD) && body != null && body.contains("expired"));
  }

  private static Verdict states(Effects effects) {
    if (effects instanceof Effects.Unseen unseen) {
      return new Verdict.NotChecked("states: " + unseen.why());
    }
    List<String> found = new ArrayList<>();
    for (Effect effect : effects.seen()) {
      Instant expiresAt = effect.times().expiresAt();
      Instant endedAt = effect.times().endedAt();
      if (expiresAt == null || endedAt == null) {
        continue;
      }
      boolean expired = effect.state().equals("expired");
      if (expired && endedAt.isBefore(expiresAt)) {
        found.add("expired early: " + effect.describe());
      }
      if (expired && endedAt.isAfter(expiresAt.plus(GRACE))) {
        found.add("expired late: " + effect.describe());
      }
      if (effect.state().equals("committed") && endedAt.isAfter(expiresAt)) {
        found.add("committed after its time: " + effect.describe());
      }
    }
    return Verdict.of("states", found);
  }

  private static Verdict freed(Evidence evidence, Claims claims) {
    List<String> found =
        Reads.of(evidence, claims).stream()
            .filter(Reads.Read::tooLittle)
            .filter(read -> anyExpired(claims, read))
            .map(read -> "not available again in time: " + read.describe())
            .toList();
    return Verdict.of("stock came back", found);
  }

  private static boolean anyExpired(Claims claims, Reads.Read read) {
    return claims.entries(read.place().sku()).stream()
        .anyMatch(
            entry ->
                entry.cause() == Entry.Cause.EXPIRED
                    && entry.when().latest() <= read.call().span().start());
  }

  private static Verdict rows(RowFindings rows) {
    return switch (rows) {
      case RowFindings.Asked asked -> Verdict.of("rows held past their time", asked.overdue());
      case RowFindings.NotAsked not -> new Verdict.NotChecked("rows: " + not.why());
    };
  }
}
