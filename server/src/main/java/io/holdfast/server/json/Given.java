package io.holdfast.server.json;

import org.jspecify.annotations.Nullable;

/// What a request says of a member that it may leave as it is: a value, or null for none. A member
/// that it does not name is left as it is.
public record Given<T>(@Nullable T value) {

  /// What the member is then.
  public static <T> @Nullable T or(@Nullable Given<T> given, @Nullable T current) {
    return given == null ? current : given.value();
  }
}
