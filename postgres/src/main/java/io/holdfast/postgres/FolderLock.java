package io.holdfast.postgres;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.holdfast.postgres.ClusterFault.Code;
import io.holdfast.postgres.folder.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Keeps a folder for one process: an exclusive lock on its file `node.lock`, which holds the
/// process's id. The operating system lets go of it when the process ends, however that happens.
///
/// Refusals, in order: [Code#FOLDER_NOT_WRITABLE], [Code#FOLDER_IN_USE].
public final class FolderLock implements AutoCloseable {
  // A POSIX lock is the process's own: it stops no second taker in the same process, and closing
  // any
  // other channel on the file would let go of it. So this set is asked before a channel is opened.
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private FolderLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /// Makes the folder when it is missing, and takes it.
  public static FolderLock acquire(Path folder) {
    Path file = PrivateFiles.folder(folder).resolve("node.lock");
    if (!HELD_HERE.add(file)) {
      throw inUse(folder, Long.toString(ProcessHandle.current().pid()));
    }
    try {
      return new FolderLock(file, lock(folder, file));
    } catch (IOException e) {
      HELD_HERE.remove(file);
      throw PrivateFiles.notWritable(folder, e);
    } catch (RuntimeException e) {
      HELD_HERE.remove(file);
      throw e;
    }
  }

  private static FileChannel lock(Path folder, Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, Set.of(CREATE, WRITE), PrivateFiles.FILE_ONLY_OURS);
    try {
      if (channel.tryLock() == null) {
        throw inUse(folder, Files.readString(file, US_ASCII).strip());
      }
      channel.truncate(0);
      channel.write(US_ASCII.encode(ProcessHandle.current().pid() + "\n"));
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static ClusterFault inUse(Path folder, String pid) {
    return new ClusterFault(
        Code.FOLDER_IN_USE, "data folder " + folder + " is in use by process " + pid);
  }

  /// Lets others have the folder. The file stays: deleting it would let two processes lock two
  /// files of the same name.
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      HELD_HERE.remove(file);
    }
  }
}
