package io.holdfast.postgres.binaries;

import io.holdfast.postgres.ClusterFault;
import io.holdfast.postgres.ClusterFault.Code;
import io.holdfast.postgres.folder.DiskSpace;
import io.holdfast.postgres.folder.PrivateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Where the programs of PostgreSQL are unpacked: a folder of the user's cache named by the hash of
/// the archive, so that every folder and every version of ours shares what is the same. It appears
/// by a rename, whole or not at all, so that any number of processes may start at once.
public final class Binaries {
  private static final String UNPACKING = "unpacking-";

  private Binaries() {}

  /// The folder that holds `bin`, `lib` and `share`, unpacked when it was not there.
  public static Path unpacked(Path clusterFolder) {
    List<Path> places = new ArrayList<>(CacheFolder.ofUser().stream().toList());
    places.add(clusterFolder.resolve("binaries"));
    return unpacked(Platform.here(), places);
  }

  static Path unpacked(Platform platform, List<Path> places) {
    try {
      byte[] archive = archive(platform);
      String name = "postgres-" + hash(archive);
      for (Path place : places) {
        if (Files.isDirectory(place.resolve(name))) {
          return place.resolve(name);
        }
      }
      return unpack(archive, name, places);
    } catch (IOException e) {
      if (DiskSpace.isFull(e.getMessage())) {
        throw new ClusterFault(
            Code.DISK_FULL, "no space left to unpack PostgreSQL's programs into " + places, e);
      }
      throw new ClusterFault(
          Code.FOLDER_NOT_WRITABLE, "PostgreSQL's programs can't be unpacked: " + e, e);
    }
  }

  private static Path unpack(byte[] archive, String name, List<Path> places) throws IOException {
    IOException last = new IOException("no folder to unpack into");
    for (Path place : places) {
      try {
        return unpack(archive, place, place.resolve(name));
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }

  private static Path unpack(byte[] archive, Path place, Path whole) throws IOException {
    if (!Files.isDirectory(place)) {
      Files.createDirectories(place, PrivateFiles.FOLDER_ONLY_OURS);
    }
    deleteAbandoned(place);
    Path part = Files.createTempDirectory(place, UNPACKING, PrivateFiles.FOLDER_ONLY_OURS);
    try {
      Archive.unpack(archive, part);
      Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      PrivateFiles.deleteTree(part);
      if (!Files.isDirectory(whole)) {
        throw e;
      }
      // Another process was first with the same programs.
    }
    return whole;
  }

  /// What a killed process left half unpacked; a living one is done long before.
  private static void deleteAbandoned(Path place) throws IOException {
    Instant longAgo = Instant.now().minus(Duration.ofHours(1));
    try (var parts = Files.newDirectoryStream(place, UNPACKING + "*")) {
      for (Path part : parts) {
        if (Files.getLastModifiedTime(part).toInstant().isBefore(longAgo)) {
          PrivateFiles.deleteTree(part);
        }
      }
    }
  }

  private static byte[] archive(Platform platform) throws IOException {
    try (InputStream in = Binaries.class.getClassLoader().getResourceAsStream(platform.archive())) {
      if (in == null) {
        throw new ClusterFault(
            Code.NOT_SUPPORTED_HERE, platform.archive() + " is missing in this build");
      }
      return in.readAllBytes();
    }
  }

  private static String hash(byte[] archive) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(archive);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
