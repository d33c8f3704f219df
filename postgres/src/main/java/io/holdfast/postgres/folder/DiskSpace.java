package io.holdfast.postgres.folder;

import io.holdfast.postgres.ClusterFault;
import io.holdfast.postgres.ClusterFault.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Looks before the leap: a cluster that fills the disk while it starts is harder to mend than one
/// that was not started.
public final class DiskSpace {
  public static final long NEW_CLUSTER_BYTES = 512L << 20;
  public static final long OLD_CLUSTER_BYTES = 64L << 20;

  private DiskSpace() {}

  public static void check(Path folder, long neededBytes) {
    long freeBytes;
    try {
      freeBytes = Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      throw PrivateFiles.notWritable(folder, e);
    }
    if (freeBytes < neededBytes) {
      throw new ClusterFault(
          Code.DISK_FULL,
          "folder %s has %d MiB free, and a start needs %d MiB"
              .formatted(folder, freeBytes >> 20, neededBytes >> 20));
    }
  }

  /// Whether a message is the operating system's word for a full disk.
  public static boolean isFull(@Nullable String message) {
    return message != null
        && (message.contains("No space left on device") || message.contains("Disk quota exceeded"));
  }
}
