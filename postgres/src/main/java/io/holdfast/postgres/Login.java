package io.holdfast.postgres;

/// Who connects. Each has a random password of its own, in a file that only the owner can read.
public enum Login {
  /// May do everything; for tests, for faults and for a person with a problem.
  SUPERUSER("postgres"),
  /// Owns the databases and migrates them.
  OWNER("holdfast_owner"),
  /// The application: owns nothing, a member of the role `holdfast_app`.
  NODE("holdfast_node");

  private final String role;

  Login(String role) {
    this.role = role;
  }

  public String role() {
    return role;
  }

  String url(String password, int port, String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s?user=%s&password=%s"
        .formatted(port, database, role, password);
  }
}
