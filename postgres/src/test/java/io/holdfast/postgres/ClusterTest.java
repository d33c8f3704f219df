package io.holdfast.postgres;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.holdfast.postgres.ClusterFault.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterTest {
  private static final ClusterSettings THROWAWAY = ClusterSettings.throwaway();

  @TempDir Path temporary;

  @Test
  void keepsCommittedRowsAndItsPortOverACleanStop() throws SQLException {
    Path folder = temporary.resolve("with a space");
    int port;
    try (Cluster first = Cluster.open(folder, THROWAWAY)) {
      port = first.port();
      Sql.run(first.ownerUrl(), "CREATE TABLE kept AS SELECT 7 AS number");
    }
    try (Cluster second = Cluster.open(folder, THROWAWAY)) {
      assertEquals(port, second.port());
      assertEquals("7", Sql.value(second.ownerUrl(), "SELECT number FROM kept"));
    }
  }

  @Test
  void refusesToOverrideWhatDurabilityRestsOn() {
    assertThrows(IllegalArgumentException.class, () -> THROWAWAY.with("fsync", "off"));
  }

  @Test
  void refusesAFolderThatIsInUse() {
    try (Cluster cluster = Cluster.open(temporary, THROWAWAY)) {
      ClusterFault fault =
          assertThrows(ClusterFault.class, () -> Cluster.open(cluster.folder(), THROWAWAY));
      assertEquals(Code.FOLDER_IN_USE, fault.code());
    }
  }

  @Test
  void refusesAFileInPlaceOfTheFolder() throws IOException {
    Path file = Files.createFile(temporary.resolve("file"));
    ClusterFault fault = assertThrows(ClusterFault.class, () -> Cluster.open(file, THROWAWAY));
    assertEquals(Code.FOLDER_NOT_WRITABLE, fault.code());
  }

  @Test
  void refusesAClusterOfAnotherVersionAndLetsGoOfTheFolder() throws IOException {
    Files.createDirectories(temporary.resolve("data"));
    Files.writeString(temporary.resolve("data/PG_VERSION"), "17\n");
    for (int attempt = 1; attempt <= 2; attempt++) {
      ClusterFault fault =
          assertThrows(ClusterFault.class, () -> Cluster.open(temporary, THROWAWAY));
      assertEquals(Code.START_FAILED, fault.code());
    }
  }

  @Test
  void destroysNothingThatWasMadeToLast() {
    try (Cluster durable = Cluster.open(temporary, ClusterSettings.durable())) {
      assertThrows(IllegalStateException.class, durable::destroy);
    }
    try (Cluster disguised = Cluster.open(temporary, THROWAWAY)) {
      assertThrows(IllegalStateException.class, disguised::destroy);
    }
  }

  @Test
  void destroysWhatWasMadeForThrowingAway() {
    Path folder = temporary.resolve("throwaway");
    Cluster cluster = Cluster.open(folder, THROWAWAY);
    assertNotEquals(0, cluster.pid());
    cluster.destroy();
    assertFalse(Files.exists(folder));
    assertDoesNotThrow(cluster::stop);
  }
}
