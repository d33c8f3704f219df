package io.holdfast.proof.checker;

import java.util.List;
import java.util.Objects;
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

  default Optional<Effect> of(String reservation) {
    return seen().stream().filter(effect -> reservation.equals(effect.reservation())).findFirst();
  }

  /// What something did, or did to. A plain shop does not tell the reservation, but has the
  /// customer.
  default Optional<Effect> of(Deed deed) {
    String reservation = deed.reservation();
    return reservation == null
        ? seen().stream()
            .filter(effect -> Objects.equals(deed.wish().customer(), effect.customer()))
            .findFirst()
        : of(reservation);
  }
}
