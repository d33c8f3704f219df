package io.holdfast.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.postgres.ClusterFault.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {
  @TempDir Path temporary;

  @Test
  void namesTheProcessThatHasTheFolder() {
    try (FolderLock _ = FolderLock.acquire(temporary)) {
      ClusterFault fault = assertThrows(ClusterFault.class, () -> FolderLock.acquire(temporary));
      assertEquals(Code.FOLDER_IN_USE, fault.code());
      assertTrue(fault.getMessage().endsWith("process " + ProcessHandle.current().pid()));
    }
  }

  @Test
  void holdsAgainstAnotherProcess() throws IOException {
    Process holder = holder();
    try (var output = holder.inputReader()) {
      assertEquals("held", output.readLine());
      ClusterFault fault = assertThrows(ClusterFault.class, () -> FolderLock.acquire(temporary));
      assertEquals(Code.FOLDER_IN_USE, fault.code());
      assertTrue(fault.getMessage().endsWith("process " + holder.pid()));
      holder.destroyForcibly().onExit().join();
      FolderLock.acquire(temporary).close();
    } finally {
      holder.destroyForcibly();
    }
  }

  private Process holder() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            FolderHolder.class.getName(),
            temporary.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  @Test
  void letsGoAndCanBeTakenAgain() {
    FolderLock.acquire(temporary).close();
    FolderLock.acquire(temporary).close();
    assertTrue(Files.exists(temporary.resolve("node.lock")));
  }
}
