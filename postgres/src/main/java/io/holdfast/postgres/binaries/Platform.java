package io.holdfast.postgres.binaries;

import io.holdfast.postgres.ClusterFault;
import io.holdfast.postgres.ClusterFault.Code;
import java.nio.file.Files;
import java.nio.file.Path;

/// The systems that PostgreSQL's programs are packed for, and the archive of each.
public enum Platform {
  LINUX_X86_64("postgres-linux-x86_64.txz"),
  LINUX_ARM_64("postgres-linux-arm_64.txz"),
  MAC_ARM_64("postgres-darwin-arm_64.txz");

  private final String archive;

  Platform(String archive) {
    this.archive = archive;
  }

  /// The name of the resource that holds the programs.
  public String archive() {
    return archive;
  }

  public static Platform here() {
    // Alpine's C library can't run what was linked for the GNU one.
    if (Files.exists(Path.of("/etc/alpine-release"))) {
      throw notSupported("Alpine Linux");
    }
    return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
  }

  static Platform of(String system, String processor) {
    return switch (system + " " + processor) {
      case "Linux amd64" -> LINUX_X86_64;
      case "Linux aarch64" -> LINUX_ARM_64;
      case "Mac OS X aarch64" -> MAC_ARM_64;
      default -> throw notSupported(system + " on " + processor);
    };
  }

  private static ClusterFault notSupported(String system) {
    return new ClusterFault(
        Code.NOT_SUPPORTED_HERE,
        "there is no embedded PostgreSQL for "
            + system
            + "; name a PostgreSQL of your own with --db-url");
  }
}
