package io.holdfast.server.identity;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a caller is in its tenant. What each may do stands at [Permission].
public enum Role {
  OWNER,
  MANAGER,
  STAFF,
  CUSTOMER,
  AUDITOR;

  private static final String CODES =
      Arrays.stream(values()).map(Role::code).collect(Collectors.joining(", "));

  /// As it stands in the table of keys.
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// @throws IllegalArgumentException if no role is named so
  public static Role named(String code) {
    return find(code).orElseThrow(() -> new IllegalArgumentException("must be one of " + CODES));
  }

  public static Optional<Role> find(String code) {
    return Arrays.stream(values()).filter(role -> role.code().equals(code)).findFirst();
  }
}
