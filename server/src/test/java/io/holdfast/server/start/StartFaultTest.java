package io.holdfast.server.start;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.holdfast.postgres.ClusterFault;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class StartFaultTest {

  @Test
  void aFullDiskHasACodeOfItsOwnWhoeverFindsIt() {
    ClusterFault before = new ClusterFault(ClusterFault.Code.DISK_FULL, "12 MiB free");
    assertEquals(ExitCode.NO_DISK_SPACE, StartFault.of(before).exitCode());
    assertEquals("12 MiB free", StartFault.of(new IllegalStateException(before)).getMessage());
    SQLException later = new SQLException("could not extend file", "53100");
    assertEquals(ExitCode.NO_DISK_SPACE, StartFault.of(later).exitCode());
  }

  @Test
  void whatTheDriverAddsForItsOwnAuthorsIsLeftOut() {
    SQLException refused =
        new SQLException("FATAL: no such role\n  Location: File: auth.c, Line: 3", "28000");
    StartFault fault = StartFault.of(refused);
    assertEquals(ExitCode.DATABASE_UNREACHABLE, fault.exitCode());
    assertEquals("the database can't be reached: FATAL: no such role", fault.getMessage());
  }
}
