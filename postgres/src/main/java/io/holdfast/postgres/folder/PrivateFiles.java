package io.holdfast.postgres.folder;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import io.holdfast.postgres.ClusterFault;
import io.holdfast.postgres.ClusterFault.Code;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Files and folders that only their owner can read, written so that a power cut leaves the old
/// content or the new.
public final class PrivateFiles {
  public static final FileAttribute<Set<PosixFilePermission>> FILE_ONLY_OURS =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  public static final FileAttribute<Set<PosixFilePermission>> FOLDER_ONLY_OURS =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private PrivateFiles() {}

  /// The folder's real path, made when it is missing.
  public static Path folder(Path folder) {
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder, FOLDER_ONLY_OURS);
      }
      return folder.toRealPath();
    } catch (IOException e) {
      throw notWritable(folder, e);
    }
  }

  public static void write(Path file, String content) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.deleteIfExists(next);
    Files.createFile(next, FILE_ONLY_OURS);
    try (var channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
      channel.write(StandardCharsets.UTF_8.encode(content));
      channel.force(true);
    }
    rename(next, file);
  }

  /// Renames for good: the folder's entry is on disk when this returns.
  public static void rename(Path from, Path to) throws IOException {
    Files.move(from, to, ATOMIC_MOVE);
    try (var folder = FileChannel.open(to.resolveSibling("."), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  public static void deleteTree(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException fault)
              throws IOException {
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  public static ClusterFault notWritable(Path folder, IOException cause) {
    if (DiskSpace.isFull(cause.getMessage())) {
      return new ClusterFault(Code.DISK_FULL, "no space left on the disk of " + folder, cause);
    }
    return new ClusterFault(
        Code.FOLDER_NOT_WRITABLE, "folder " + folder + " can't be used: " + reason(cause), cause);
  }

  private static String reason(IOException cause) {
    return switch (cause) {
      case AccessDeniedException denied -> denied.getFile() + " is not writable for this user";
      case FileAlreadyExistsException exists -> exists.getFile() + " is a file";
      case FileSystemException other when other.getReason() != null ->
          other.getFile() + ": " + other.getReason();
      default -> cause.toString();
    };
  }
}
