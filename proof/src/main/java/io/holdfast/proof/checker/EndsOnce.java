package io.holdfast.proof.checker;

import io.holdfast.proof.history.Action;
import io.holdfast.proof.history.Call;
import io.holdfast.proof.history.Operation;
import io.holdfast.proof.shop.Codes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// I12: exactly one of commit, release and expire; expiry never early and never more than 5 s late.
record EndsOnce() implements Check {

  private static final Duration GRACE = Duration.ofNanos(Claims.EXPIRY_GRACE_NANOS);

  @Override
  public Invariant invariant() {
    return Invariant.I12;
  }

  @Override
  public Verdict judge(Evidence evidence, Claims claims) {
    List<Operation> reserves =
        claims.operations().stream()
            .filter(operation -> operation.action() == Action.RESERVE && operation.isAccepted())
            .toList();
    if (reserves.isEmpty()) {
      return new Verdict.NotChecked("nothing was reserved");
    }
    List<String> found = new ArrayList<>();
    for (Operation reserve : reserves) {
      List<Operation> ends = claims.ends(reserve.reservation());
      found.addAll(twice(ends));
      found.addAll(untimely(reserve, ends));
    }
    return Verdict.all(
        Verdict.of("ends of " + reserves.size() + " reservations", found),
        states(evidence.effects()),
        freed(evidence, claims),
        rows(evidence.rows()));
  }

  private static List<String> twice(List<Operation> ends) {
    List<Operation> accepted = ends.stream().filter(Operation::isAccepted).toList();
    return accepted.size() < 2
        ? List.of()
        : List.of(
            "ended more than once: "
                + accepted.stream().map(end -> end.accepted().orElseThrow().describe()).toList());
  }

  private static List<String> untimely(Operation reserve, List<Operation> ends) {
    Call.Span made = reserve.effect();
    Claim.Bounds expiry = Claims.expiry(reserve, new Claim.Bounds(made.start(), made.end()));
    if (expiry.latest() == Long.MAX_VALUE) {
      return List.of();
    }
    long surelyOver = expiry.latest() - Claims.EXPIRY_GRACE_NANOS;
    List<String> found = new ArrayList<>();
    for (Operation end : ends) {
      // A later attempt may repeat the answer to one that was in time.
      Call first = end.calls().getFirst();
      if (first.accepted() && first.span().start() > surelyOver) {
        found.add("accepted after its time: " + first.describe());
      }
      end.calls().stream()
          .filter(call -> isExpired(call) && call.span().end() < expiry.earliest())
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
      if (effect.expiresAt() == null || effect.endedAt() == null) {
        continue;
      }
      boolean expired = effect.state().equals("expired");
      if (expired && effect.endedAt().isBefore(effect.expiresAt())) {
        found.add("expired early: " + effect.describe());
      }
      if (expired && effect.endedAt().isAfter(effect.expiresAt().plus(GRACE))) {
        found.add("expired late: " + effect.describe());
      }
      if (effect.state().equals("committed") && effect.endedAt().isAfter(effect.expiresAt())) {
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
    return claims.claims().stream()
        .anyMatch(
            claim ->
                claim.expires()
                    && claim.sku().equals(read.sku())
                    && claim.end().latest() <= read.call().span().start());
  }

  private static Verdict rows(RowFindings rows) {
    return switch (rows) {
      case RowFindings.Asked asked -> Verdict.of("rows held past their time", asked.overdue());
      case RowFindings.NotAsked not -> new Verdict.NotChecked("rows: " + not.why());
    };
  }
}
