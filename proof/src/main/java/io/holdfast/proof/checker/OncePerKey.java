package io.holdfast.proof.checker;

import io.holdfast.proof.history.Call;
import io.holdfast.proof.history.EventType;
import io.holdfast.proof.history.Operation;
import io.holdfast.proof.shop.Codes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// I4: a key has one effect, one answer, and no other request.
record OncePerKey() implements Check {

  @Override
  public Invariant invariant() {
    return Invariant.I4;
  }

  @Override
  public Verdict judge(Evidence evidence, Claims claims) {
    List<String> found = new ArrayList<>();
    claims.operations().forEach(operation -> found.addAll(answers(operation)));
    keys(claims.operations()).values().forEach(operations -> found.addAll(requests(operations)));
    return Verdict.all(Verdict.of("one answer per key", found), effects(evidence, claims));
  }

  private static List<String> answers(Operation operation) {
    List<String> found = new ArrayList<>();
    Set<String> yes =
        operation.calls().stream()
            .filter(Call::accepted)
            .map(call -> call.answered().status() + " " + call.answered().body())
            .collect(Collectors.toSet());
    if (yes.size() > 1) {
      found.add(operation.key() + " was answered differently: " + yes);
    }
    if (operation.isAccepted() && !operation.calls().getLast().accepted()) {
      found.add("after a yes: " + operation.calls().getLast().describe());
    }
    if (operation.isUnresolved()) {
      found.add("never a definite answer: " + operation.calls().getLast().describe());
    }
    return found;
  }

  /// The requests that one key was sent with.
  private static List<String> requests(List<Operation> operations) {
    List<Operation> accepted = operations.stream().filter(Operation::isAccepted).toList();
    if (accepted.isEmpty()) {
      return List.of();
    }
    long boundSince = accepted.getFirst().effect().end();
    return operations.stream()
        .filter(operation -> !operation.equals(accepted.getFirst()))
        .flatMap(operation -> operation.calls().stream())
        .filter(call -> call.span().start() > boundSince)
        .filter(call -> !call.refusedAs(Codes.KEY_REUSED))
        .filter(call -> call.type() != EventType.UNKNOWN)
        .map(call -> "a bound key with another request: " + call.describe())
        .toList();
  }

  private static Verdict effects(Evidence evidence, Claims claims) {
    return switch (evidence.effects()) {
      case Effects.All all -> Verdict.of("one effect per key", doubled(all.list(), claims));
      case Effects.Acknowledged _ -> Verdict.of("one reservation per answer", shared(claims));
      case Effects.Unseen unseen -> new Verdict.NotChecked("effects: " + unseen.why());
    };
  }

  /// A customer has what somebody was told of, each with a key of its own, or the one thing that
  /// the only call in their name did without an answer.
  private static List<String> doubled(List<Effect> effects, Claims claims) {
    return effects.stream()
        .filter(effect -> effect.customer() != null)
        .collect(Collectors.groupingBy(effect -> Objects.requireNonNull(effect.customer())))
        .entrySet()
        .stream()
        .filter(entry -> entry.getValue().size() > Math.max(1, told(entry.getValue(), claims)))
        .map(
            entry ->
                entry.getValue().size()
                    + " effects of "
                    + entry.getKey()
                    + ", "
                    + told(entry.getValue(), claims)
                    + " told: "
                    + entry.getValue().stream().map(Effect::describe).toList())
        .toList();
  }

  private static long told(List<Effect> effects, Claims claims) {
    return effects.stream()
        .filter(effect -> claims.life(effect.reservation()).flatMap(Life::made).isPresent())
        .count();
  }

  private static List<String> shared(Claims claims) {
    return claims.lives().stream()
        .filter(
            life -> life.deeds().stream().filter(each -> each.wish().action().claims()).count() > 1)
        .map(life -> "one reservation for several keys: " + life.id())
        .toList();
  }

  private static Map<String, List<Operation>> keys(List<Operation> operations) {
    return operations.stream()
        .collect(Collectors.groupingBy(operation -> operation.action() + " " + operation.key()));
  }
}
