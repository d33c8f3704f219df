package io.holdfast.redis;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The program `redis-server`: the one that this build carries for the machine, or else the one on
/// the path.
final class RedisProgram {
  private static final String NAME = "redis-server";
  private static final int TRIAL_SECONDS_MAX = 10;

  private RedisProgram() {}

  /// Unpacks it into the folder if need be, and answers what to call.
  static String in(Path folder) throws IOException {
    Path unpacked = folder.resolve(NAME);
    for (String resource :
        carried(System.getProperty("os.name", ""), System.getProperty("os.arch", ""))) {
      unpack(resource, unpacked);
      if (runs(unpacked.toString())) {
        return unpacked.toString();
      }
    }
    if (runs(NAME)) {
      return NAME;
    }
    throw new IOException("no redis-server runs here: neither one of ours nor one on the path");
  }

  /// The first for 64-bit Linux needs OpenSSL 3; the second needs nothing.
  static List<String> carried(String system, String processor) {
    return switch (system + " " + processor) {
      case "Linux amd64" -> List.of("6.2.6-v5-linux-amd64", "6.2.7-linux-386");
      case "Linux aarch64" -> List.of("6.2.7-linux-arm64");
      case "Mac OS X x86_64" -> List.of("6.2.6-v5-darwin-amd64");
      case "Mac OS X aarch64" -> List.of("6.2.6-v5-darwin-arm64");
      default -> List.of();
    };
  }

  private static void unpack(String version, Path target) throws IOException {
    String resource = NAME + "-" + version;
    try (InputStream in = RedisProgram.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException(resource + " is missing in this build");
      }
      Files.deleteIfExists(target);
      Files.createFile(
          target,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Files.write(target, in.readAllBytes());
    }
  }

  private static boolean runs(String program) {
    try {
      Process trial =
          new ProcessBuilder(program, "--version")
              .redirectErrorStream(true)
              .redirectOutput(new File("/dev/null"))
              .start();
      if (trial.waitFor(TRIAL_SECONDS_MAX, TimeUnit.SECONDS)) {
        return trial.exitValue() == 0;
      }
      trial.destroyForcibly();
    } catch (IOException cannotBeStarted) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }
}
