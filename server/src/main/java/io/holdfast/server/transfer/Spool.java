package io.holdfast.server.transfer;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.function.LongSupplier;

/// A file of its own on this node's disk, gone when it is closed or the node is.
final class Spool implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final FileChannel file;

  private Spool(FileChannel file) {
    this.file = file;
  }

  static Spool open() throws IOException {
    Path path = Files.createTempFile("holdfast-export-", ".tmp");
    return new Spool(
        FileChannel.open(
            path,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE));
  }

  OutputStream writing() {
    return new BufferedOutputStream(Channels.newOutputStream(file), BUFFER);
  }

  long size() throws IOException {
    return file.size();
  }

  /// As fast as it is taken.
  ///
  /// @throws IOException also when that lasts for longer than `most`
  void sendTo(OutputStream out, Duration most, LongSupplier nanoClock) throws IOException {
    long begun = nanoClock.getAsLong();
    file.position(0);
    InputStream in = Channels.newInputStream(file);
    byte[] buffer = new byte[BUFFER];
    int read = in.read(buffer);
    while (read > 0) {
      if (nanoClock.getAsLong() - begun > most.toNanos()) {
        throw new IOException("the client took longer than " + most);
      }
      out.write(buffer, 0, read);
      read = in.read(buffer);
    }
    out.flush();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
