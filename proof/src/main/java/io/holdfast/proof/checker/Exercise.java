package io.holdfast.proof.checker;

import io.holdfast.proof.history.Action;
import io.holdfast.proof.history.History;
import io.holdfast.proof.history.Operation;
import io.holdfast.proof.shop.Codes;
import io.holdfast.proof.workload.Breakage;
import io.holdfast.proof.workload.Fault;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Whether a run did what its scenario is about. A run that did not proves nothing.
final class Exercise {

  private Exercise() {}

  /// What was missing; nothing if the run counts.
  static List<String> missing(Evidence evidence, Claims claims) {
    History history = evidence.history();
    List<Operation> operations = claims.operations();
    List<String> missing = new ArrayList<>();
    if (history.peakInFlight() < 2) {
      missing.add("no two calls overlapped");
    }
    if (operations.stream().noneMatch(each -> each.action().claims() && each.isAccepted())) {
      missing.add("nothing was sold");
    }
    if (evidence.plan().isScarce() && operations.stream().noneMatch(Exercise::isSoldOut)) {
      missing.add("nobody was refused, though more was wanted than there was");
    }
    if (losesAnswers(evidence) && operations.stream().noneMatch(Operation::wasResolved)) {
      missing.add("no call without an answer was resolved by its key");
    }
    if (evidence.plan().scenario().fault() == Fault.KILL_NODE && evidence.kills() == 0) {
      missing.add("no node was killed");
    }
    operations.stream()
        .flatMap(each -> each.calls().stream())
        .filter(call -> call.refusedAs(Codes.INVALID_REQUEST))
        .limit(1)
        .forEach(call -> missing.add("the shop did not understand " + call.describe()));
    missing.addAll(
        switch (evidence.plan().scenario()) {
          case BASIC, OVERSELL, PROCESSES, RETRY, KILL, NUMBERS, OUTBOX, PAYMENTS, REGISTRATION ->
              List.of();
          case MULTI_LINE -> Subjects.of(claims).severalLines();
          case EXPIRY -> unexpired(evidence, operations);
          case CHANGES -> Subjects.of(claims).changes();
          case LOCATIONS -> Subjects.of(claims).locations();
          case RESTOCK -> Subjects.of(claims).restocks();
          case FAULTS -> unfelt(evidence);
          case LIMITS -> Subjects.of(claims).limits(evidence.opening().limits());
        });
    return missing;
  }

  private static boolean losesAnswers(Evidence evidence) {
    return evidence.plan().scenario().fault() != Fault.NONE
        || evidence.struck().stream().anyMatch(each -> each.breakage().losesAnswers());
  }

  private static List<String> unfelt(Evidence evidence) {
    List<String> missing = new ArrayList<>();
    Set<Breakage> effective = EnumSet.noneOf(Breakage.class);
    for (Struck struck : evidence.struck()) {
      if (struck.times() > 0) {
        effective.add(struck.breakage());
      }
      if (!WorksAgain.wasFelt(struck, evidence.history().calls())) {
        missing.add("nobody was there at " + struck.breakage().word());
      }
    }
    evidence.plan().strikes().stream()
        .distinct()
        .filter(each -> !effective.contains(each))
        .map(each -> each.word() + " had no effect")
        .forEach(missing::add);
    return missing;
  }

  private static List<String> unexpired(Evidence evidence, List<Operation> operations) {
    List<String> missing = new ArrayList<>();
    if (operations.stream()
        .flatMap(each -> each.calls().stream())
        .noneMatch(
            call ->
                call.action() == Action.COMMIT
                    && (call.refusedAs(Codes.RESERVATION_EXPIRED)
                        || call.refusedAs(Codes.RESERVATION_NOT_HELD)))) {
      missing.add("no commit of an expired reservation was refused");
    }
    long lastReserve =
        operations.stream()
            .filter(each -> each.action() == Action.RESERVE && each.isAccepted())
            .mapToLong(each -> each.effect().end())
            .max()
            .orElse(Long.MAX_VALUE);
    boolean soldAgain =
        operations.stream()
            .anyMatch(
                each ->
                    each.action() == Action.PURCHASE
                        && each.isAccepted()
                        && each.effect().start() > lastReserve);
    if (!soldAgain) {
      missing.add("nothing was sold again after it had expired");
    }
    if (evidence.history().reads().findAny().isEmpty()) {
      missing.add("the stock was not looked at");
    }
    return missing;
  }

  private static boolean isSoldOut(Operation operation) {
    return operation.refused().filter(call -> call.refusedAs(Codes.INSUFFICIENT_STOCK)).isPresent();
  }
}
