package io.holdfast.server.limit;

import io.holdfast.server.identity.RequestKey;
import java.util.UUID;

/// What tokens are counted for.
///
/// @param tenantId 0 for what is of no tenant
/// @param name unique within it
record Bucket(long tenantId, String name) {
  static final long NO_TENANT = 0;

  /// As the table knows it, where no name has to stand.
  UUID id() {
    return RequestKey.digest(name);
  }
}
