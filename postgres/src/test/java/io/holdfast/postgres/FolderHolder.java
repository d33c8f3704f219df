package io.holdfast.postgres;

import java.io.IOException;
import java.nio.file.Path;

/// A process that takes a folder and keeps it until it is killed.
final class FolderHolder {
  private FolderHolder() {}

  public static void main(String[] arguments) throws IOException {
    try (FolderLock _ = FolderLock.acquire(Path.of(arguments[0]))) {
      System.out.println("held");
      System.in.read();
    }
  }
}
