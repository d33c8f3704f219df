package io.holdfast.server.trail;

import org.jspecify.annotations.Nullable;

/// What was changed, what it was before and what it is now.
///
/// @param before null: it was not there
/// @param after null: it is not there any more
public record Change(Subject subject, @Nullable State before, @Nullable State after) {
  public Change {
    if (before == null && after == null) {
      throw new IllegalArgumentException("a change of nothing into nothing");
    }
  }
}
