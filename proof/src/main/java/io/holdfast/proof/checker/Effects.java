package io.holdfast.proof.checker;

import io.holdfast.proof.history.Operation;
import java.util.List;
import java.util.Optional;

/// What the run left behind.
public sealed interface Effects {

  /// Every effect of the run, acknowledged or not: the rows.
  record All(List<Effect> list) implements Effects {
    public All {
      list = List.copyOf(list);
    }
  }

  /// What was found when asking for the acknowledged ids; what nobody knows of stays unseen.
  record Acknowledged(List<Effect> list) implements Effects {
    public Acknowledged {
      list = List.copyOf(list);
    }
  }

  record Unseen(String why) implements Effects {}

  default List<Effect> seen() {
    return switch (this) {
      case All all -> all.list();
      case Acknowledged acknowledged -> acknowledged.list();
      case Unseen _ -> List.of();
    };
  }

  /// What an operation did, or did to. A plain shop does not tell the reservation, but has the
  /// customer.
  default Optional<Effect> of(Operation operation) {
    String reservation = operation.reservation();
    return seen().stream()
        .filter(
            effect ->
                reservation == null
                    ? operation.key().equals(effect.customer())
                    : reservation.equals(effect.reservation()))
        .findFirst();
  }
}
