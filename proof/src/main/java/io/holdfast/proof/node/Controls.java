package io.holdfast.proof.node;

import java.util.List;
import java.util.Optional;

/// The concurrency controls that nodes of ours can have, by their names.
public final class Controls {
  public static final String DEFAULT = "combined";

  /// The one that is broken on purpose.
  public static final String UNPROTECTED = "unprotected";

  /// The one that has its locks in a Redis.
  public static final String FENCED_LOCK = "fenced-lock";

  private static final List<String> NAMES =
      List.of(
          DEFAULT,
          "row-lock",
          "optimistic",
          "serializable",
          "conditional",
          FENCED_LOCK,
          UNPROTECTED);

  private Controls() {}

  /// What is wrong with one of the names; empty if there is nothing.
  public static Optional<String> fault(List<String> names) {
    return names.stream()
        .filter(name -> !NAMES.contains(name))
        .findFirst()
        .map(name -> "no control " + name + "; there are " + String.join(", ", NAMES));
  }
}
