package io.holdfast.proof.checker;

import io.holdfast.proof.history.Call;
import io.holdfast.proof.history.Line;
import io.holdfast.proof.history.Operation;
import io.holdfast.proof.history.Told;
import io.holdfast.proof.history.Wish;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// One thing that an operation did, as the answer tells it. Wishes that were done together are one
/// operation and several deeds.
public record Deed(Operation operation, Wish wish, Told told) {

  /// In the order in which they were done; none unless it was answered yes.
  public static List<Deed> of(Operation operation) {
    return operation.accepted().map(call -> of(operation, call)).orElse(List.of());
  }

  private static List<Deed> of(Operation operation, Call call) {
    Told told = call.answered().told() == null ? Told.NOTHING : call.answered().told();
    if (!(operation.wish() instanceof Wish.Together(List<Wish> wishes))) {
      return List.of(new Deed(operation, operation.wish(), told));
    }
    return IntStream.range(0, wishes.size())
        .mapToObj(i -> new Deed(operation, wishes.get(i), told.parts().get(i)))
        .toList();
  }

  Bounds when() {
    return Bounds.of(operation);
  }

  /// The reservation that it made or is about; null also where the shop does not name it.
  public @Nullable String reservation() {
    return told.reservation() == null ? wish.reservation() : told.reservation();
  }

  /// What it was done with: what the answer says, or else what was asked for.
  public List<Line> lines() {
    return told.lines().isEmpty() ? wish.lines() : told.lines();
  }

  String describe() {
    return operation.accepted().orElse(operation.calls().getLast()).describe()
        + (operation.wish().equals(wish) ? "" : " [" + wish.action().word() + ']');
  }
}
