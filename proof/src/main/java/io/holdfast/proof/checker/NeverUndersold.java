package io.holdfast.proof.checker;

import io.holdfast.proof.history.Call;
import io.holdfast.proof.history.Operation;
import io.holdfast.proof.shop.Codes;
import java.util.List;

/// I2: nobody is refused what was there all the time, and in the end exactly what was sold is gone.
record NeverUndersold() implements Check {

  @Override
  public Invariant invariant() {
    return Invariant.I2;
  }

  @Override
  public Verdict judge(Evidence evidence, Claims claims) {
    List<String> refusals =
        claims.operations().stream()
            .filter(operation -> operation.action().claims())
            .flatMap(operation -> operation.refused().stream())
            .filter(call -> call.refusedAs(Codes.INSUFFICIENT_STOCK))
            .filter(call -> wasThere(evidence, claims, call))
            .map(call -> call.describe() + ", though enough was available all the time")
            .toList();
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

  private static boolean wasThere(Evidence evidence, Claims claims, Call refusal) {
    Operation asked = new Operation(refusal.asked().key(), refusal.action(), List.of(refusal));
    long from = refusal.span().start() - evidence.soldOutAgeNanos();
    return asked.wanted().entrySet().stream()
        .allMatch(
            wanted -> {
              long supply = evidence.supply().getOrDefault(wanted.getKey(), 0L);
              long taken = claims.atMost(wanted.getKey()).max(from, refusal.span().end());
              return supply - taken >= wanted.getValue();
            });
  }
}
