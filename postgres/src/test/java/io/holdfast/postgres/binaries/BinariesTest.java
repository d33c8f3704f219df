package io.holdfast.postgres.binaries;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.postgres.ClusterFault;
import io.holdfast.postgres.ClusterFault.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinariesTest {
  @TempDir Path temporary;

  @Test
  void areUnpackedWholeByStartersAtOnce() throws Exception {
    Callable<Path> starter = () -> Binaries.unpacked(Platform.here(), List.of(temporary));
    try (var starters = Executors.newFixedThreadPool(3)) {
      List<Future<Path>> unpacked = starters.invokeAll(Collections.nCopies(3, starter));
      for (Future<Path> place : unpacked) {
        assertEquals(unpacked.getFirst().get(), place.get());
        assertTrue(Files.isExecutable(place.get().resolve("bin/postgres")));
      }
    }
    try (Stream<Path> left = Files.list(temporary)) {
      assertEquals(1, left.count());
    }
  }

  @Test
  void goToTheNextPlaceWhenTheFirstCantBeWritten() throws IOException {
    Path file = Files.createFile(temporary.resolve("file"));
    Path next = temporary.resolve("next");
    Path unpacked = Binaries.unpacked(Platform.here(), List.of(file.resolve("under"), next));
    assertTrue(unpacked.startsWith(next));
  }

  @Test
  void clearAwayWhatAKilledStarterLeftLongAgo() throws IOException {
    Path abandoned = Files.createDirectory(temporary.resolve("unpacking-1"));
    Files.setLastModifiedTime(abandoned, FileTime.from(Instant.EPOCH));
    Path underWay = Files.createDirectory(temporary.resolve("unpacking-2"));
    Binaries.unpacked(Platform.here(), List.of(temporary));
    assertFalse(Files.exists(abandoned));
    assertTrue(Files.exists(underWay));
  }

  @Test
  void areRefusedForASystemThatHasNone() {
    ClusterFault fault = assertThrows(ClusterFault.class, () -> Platform.of("Plan 9", "mips"));
    assertEquals(Code.NOT_SUPPORTED_HERE, fault.code());
  }
}
