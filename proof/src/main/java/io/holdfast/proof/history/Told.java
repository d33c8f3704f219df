package io.holdfast.proof.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an answer says was decided, as far as the shop says it.
///
/// @param reservation the one that it made or is about
/// @param version of the reservation or of the level after it
/// @param lines what was reserved, committed or returned, or is held now, and where
/// @param released what was given back beside it
/// @param missing what was not there for a caller who is content with less
/// @param change by how much what was counted differs from what was believed
/// @param parts of what was done together, in its order
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Told(
    @Nullable String reservation,
    @Nullable Long version,
    List<Line> lines,
    List<Line> released,
    List<Line> missing,
    @Nullable Long change,
    @Nullable Stock stock,
    List<Told> parts) {

  /// A yes and no more.
  public static final Told NOTHING =
      new Told(null, null, List.of(), List.of(), List.of(), null, null, List.of());

  public Told {
    lines = List.copyOf(lines);
    released = List.copyOf(released);
    missing = List.copyOf(missing);
    parts = List.copyOf(parts);
  }

  public static Told of(@Nullable Stock stock) {
    return new Told(null, null, List.of(), List.of(), List.of(), null, stock, List.of());
  }

  public static Told of(List<Told> parts) {
    return new Told(null, null, List.of(), List.of(), List.of(), null, null, parts);
  }
}
