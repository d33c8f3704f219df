package io.holdfast.postgres.setup;

import io.holdfast.postgres.Login;
import io.holdfast.postgres.folder.ClusterFolder;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// Makes the logins, their roles and databases. All of it may be done again after a kill in the
/// middle.
public final class Logins {
  // A setting carries the password, so that no statement in a log can show it.
  private static final String PASSWORD_SET = "SELECT set_config('holdfast.' || ?, ?, false)";

  // The two roles without a login are those of the engine's first migration, which finds them made.
  private static final String ROLES_CREATE =
      """
      DO $$
      DECLARE
        login text;
        role text;
      BEGIN
        FOREACH login IN ARRAY ARRAY['holdfast_owner', 'holdfast_node'] LOOP
          IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = login) THEN
            EXECUTE format('CREATE ROLE %I LOGIN', login);
          END IF;
          EXECUTE format('ALTER ROLE %I PASSWORD %L', login, current_setting('holdfast.' || login));
        END LOOP;
        ALTER ROLE holdfast_owner CREATEROLE;
        FOREACH role IN ARRAY ARRAY['holdfast_app', 'holdfast_sweeper'] LOOP
          IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', role);
          END IF;
          EXECUTE format('GRANT %I TO holdfast_owner WITH ADMIN OPTION', role);
        END LOOP;
        GRANT holdfast_app TO holdfast_node;
      END
      $$
      """;

  private static final String DATABASE_EXISTS = "SELECT FROM pg_database WHERE datname = ?";

  private Logins() {}

  public static void make(Connection connection, ClusterFolder folder)
      throws SQLException, IOException {
    setPassword(connection, folder, Login.OWNER);
    setPassword(connection, folder, Login.NODE);
    try (Statement statement = connection.createStatement()) {
      statement.execute(ROLES_CREATE);
    }
  }

  private static void setPassword(Connection connection, ClusterFolder folder, Login login)
      throws SQLException, IOException {
    try (PreparedStatement statement = connection.prepareStatement(PASSWORD_SET)) {
      statement.setString(1, login.role());
      statement.setString(2, folder.password(login));
      statement.execute();
    }
  }

  /// Makes a database of the owner that nobody else but the application can connect to.
  public static void makeDatabase(Connection connection, String name) throws SQLException {
    // CREATE DATABASE takes no parameters.
    if (!name.matches("[a-z][a-z0-9_]{0,62}")) {
      throw new IllegalArgumentException("not a name of a database: " + name);
    }
    if (exists(connection, name)) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE %s OWNER holdfast_owner".formatted(name));
      statement.execute("REVOKE ALL ON DATABASE %s FROM PUBLIC".formatted(name));
      statement.execute("GRANT CONNECT ON DATABASE %s TO holdfast_app".formatted(name));
    }
  }

  private static boolean exists(Connection connection, String name) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(DATABASE_EXISTS)) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }
}
