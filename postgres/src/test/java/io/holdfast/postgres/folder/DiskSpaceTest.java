package io.holdfast.postgres.folder;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.postgres.ClusterFault;
import io.holdfast.postgres.ClusterFault.Code;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSpaceTest {
  @TempDir Path temporary;

  @Test
  void refusesAStartThatNeedsMoreThanThereIs() {
    assertDoesNotThrow(() -> DiskSpace.check(temporary, 1));
    ClusterFault fault =
        assertThrows(ClusterFault.class, () -> DiskSpace.check(temporary, Long.MAX_VALUE));
    assertEquals(Code.DISK_FULL, fault.code());
  }

  @Test
  void knowsAFullDiskByTheSystemsWords() {
    assertTrue(DiskSpace.isFull("could not write: No space left on device"));
  }
}
