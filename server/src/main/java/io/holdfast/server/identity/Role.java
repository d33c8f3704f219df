package io.holdfast.server.identity;

import java.util.Locale;

/// What a caller is in its tenant. What each may do stands at [Permission].
public enum Role {
  OWNER,
  MANAGER,
  STAFF,
  CUSTOMER,
  AUDITOR;

  /// As it stands in the table of keys.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Role ofCode(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
