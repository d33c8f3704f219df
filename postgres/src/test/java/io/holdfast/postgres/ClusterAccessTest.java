package io.holdfast.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterAccessTest {
  @TempDir static Path temporary;
  private static Cluster cluster;

  @BeforeAll
  static void open() {
    cluster = Cluster.open(temporary, ClusterSettings.throwaway().with("work_mem", "16MB"));
  }

  @AfterAll
  static void stop() {
    cluster.stop();
  }

  @ParameterizedTest
  @CsvSource({
    "fsync, on",
    "synchronous_commit, on",
    "full_page_writes, on",
    "data_checksums, on",
    "listen_addresses, 127.0.0.1",
    "unix_socket_directories, ''",
    "password_encryption, scram-sha-256",
    "server_encoding, UTF8",
    "jit, off",
    "work_mem, 16MB"
  })
  void runsWithTheSettingsThatDurabilityRestsOn(String setting, String value) throws SQLException {
    assertEquals(value, Sql.value(cluster.superuserUrl(), "SHOW " + setting));
  }

  @Test
  void letsNobodyInWithoutTheRightPassword() throws SQLException {
    for (Login login : Login.values()) {
      String url = cluster.url(login, Cluster.DATABASE);
      assertEquals(login.role(), Sql.value(url, "SELECT current_user"));
      String wrong = url.replaceAll("password=.*", "password=guessed");
      assertEquals("28P01", refusal(wrong));
      assertEquals("08004", refusal(url.replaceAll("&password=.*", "")));
    }
  }

  private static String refusal(String url) {
    return assertThrows(SQLException.class, () -> Sql.value(url, "SELECT 1")).getSQLState();
  }

  @Test
  void givesTheApplicationNoPowers() throws SQLException {
    String url = cluster.appUrl();
    assertEquals("t", Sql.value(url, "SELECT pg_has_role('holdfast_app', 'USAGE')"));
    assertEquals(
        "f", Sql.value(url, "SELECT has_database_privilege(current_database(), 'CREATE')"));
    assertThrows(SQLException.class, () -> Sql.run(url, "CREATE ROLE more"));
    assertThrows(SQLException.class, () -> Sql.run(url, "SET ROLE holdfast_owner"));
  }

  @Test
  void letsTheOwnerTakeOnTheRolesOfTheSchema() throws SQLException {
    Sql.run(
        cluster.ownerUrl(),
        "GRANT holdfast_app, holdfast_sweeper TO CURRENT_USER",
        "CREATE SCHEMA tried",
        "GRANT CREATE ON SCHEMA tried TO holdfast_sweeper",
        "CREATE FUNCTION tried.one() RETURNS int LANGUAGE sql RETURN 1",
        "ALTER FUNCTION tried.one() OWNER TO holdfast_sweeper",
        "SET ROLE holdfast_app");
  }

  @Test
  void makesFurtherDatabasesWithTheSameOwner() throws SQLException {
    cluster.createDatabase("further");
    cluster.createDatabase("further");
    Sql.run(cluster.url(Login.OWNER, "further"), "CREATE SCHEMA of_the_owner");
    assertThrows(IllegalArgumentException.class, () -> cluster.createDatabase("a; drop"));
  }

  @Test
  void keepsPasswordsToItsOwner() throws IOException {
    try (Stream<Path> files = Files.list(cluster.folder())) {
      assertEquals("rwx------", permissions(cluster.folder()));
      List<Path> passwords = files.filter(file -> file.toString().endsWith(".password")).toList();
      assertEquals(Login.values().length, passwords.size());
      for (Path password : passwords) {
        assertEquals("rw-------", permissions(password));
      }
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
