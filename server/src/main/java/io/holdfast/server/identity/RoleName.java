package io.holdfast.server.identity;

import java.util.regex.Pattern;

/// What a role is called: one that every tenant has, or one of a tenant's own. It has 1 to 63 lower
/// case letters, digits and dashes, begins with a letter and does not end with a dash.
public record RoleName(String text) {
  public static final String FORM = "[a-z]([a-z0-9-]{0,61}[a-z0-9])?";

  private static final Pattern NAME = Pattern.compile(FORM);

  public RoleName {
    if (!NAME.matcher(text).matches()) {
      throw new IllegalArgumentException("must be a role's name, like weekend-staff");
    }
  }

  /// Whether every tenant has it.
  public boolean isBuiltIn() {
    return Role.find(text).isPresent();
  }

  @Override
  public String toString() {
    return text;
  }
}
