package io.holdfast.server.identity;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

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

  public static Optional<Role> find(String code) {
    return Arrays.stream(values()).filter(role -> role.code().equals(code)).findFirst();
  }
}
