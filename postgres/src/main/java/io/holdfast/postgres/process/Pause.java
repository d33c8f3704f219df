package io.holdfast.postgres.process;

import io.holdfast.postgres.ClusterFault;
import io.holdfast.postgres.ClusterFault.Code;

/// The wait between two looks at a process that is not our child and reports to nobody.
final class Pause {
  private Pause() {}

  static void millis(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterFault(Code.START_FAILED, "interrupted while waiting for PostgreSQL", e);
    }
  }
}
