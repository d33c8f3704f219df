package io.holdfast.server.operations;

import java.util.function.BooleanSupplier;

/// The server of the locks outside of the database, as far as this node needs one.
///
/// @param isReachable finds out whether it answers, within a second
public record LockServer(Need need, BooleanSupplier isReachable) {
  /// Of a node whose controls know no such locks.
  public static final LockServer NONE = new LockServer(Need.OF_NOBODY, () -> false);

  /// Whose control has its locks there.
  public enum Need {
    OF_NOBODY,
    OF_SOME_TENANTS,
    OF_ALL
  }
}
