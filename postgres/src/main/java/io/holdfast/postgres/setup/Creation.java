package io.holdfast.postgres.setup;

import io.holdfast.postgres.ClusterFault;
import io.holdfast.postgres.ClusterFault.Code;
import io.holdfast.postgres.Login;
import io.holdfast.postgres.folder.ClusterFolder;
import io.holdfast.postgres.folder.DiskSpace;
import io.holdfast.postgres.folder.PrivateFiles;
import io.holdfast.postgres.process.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// Makes the data folder with `initdb`. It is made under another name and renamed when it is whole,
/// so that a kill in the middle leaves nothing that looks like a cluster.
public final class Creation {
  private static final String VERSION = "18";
  private static final String MAKING = "data.making-";
  private static final List<String> ARGUMENTS =
      List.of(
          "--username=" + Login.SUPERUSER.role(),
          "--auth-host=scram-sha-256",
          "--auth-local=scram-sha-256",
          "--encoding=UTF8",
          "--locale=C",
          "--locale-provider=builtin",
          "--builtin-locale=C.UTF-8",
          "--data-checksums");

  private final ClusterFolder folder;
  private final Programs programs;

  public Creation(ClusterFolder folder, Programs programs) {
    this.folder = folder;
    this.programs = programs;
  }

  /// @param mayDelete whether the cluster is for throwing away
  public void makeIfMissing(boolean mayDelete) throws IOException {
    if (folder.hasData()) {
      requireVersion();
      return;
    }
    deleteHalfDone();
    if (mayDelete) {
      PrivateFiles.write(folder.throwaway(), "");
    }
    Path making = Files.createTempDirectory(folder.root(), MAKING, PrivateFiles.FOLDER_ONLY_OURS);
    initdb(making, mayDelete);
    Files.writeString(
        making.resolve("postgresql.conf"),
        "\ninclude '" + ServerConfig.FILE + "'\n",
        StandardOpenOption.APPEND);
    PrivateFiles.rename(making, folder.data());
  }

  private void initdb(Path making, boolean mayDelete) {
    List<String> arguments = new ArrayList<>(ARGUMENTS);
    arguments.add("--pwfile=" + folder.passwordFile(Login.SUPERUSER).getFileName());
    arguments.add("--pgdata=" + making.getFileName());
    if (mayDelete) {
      // The server syncs what it writes all the same; only a power cut during the making is not
      // met.
      arguments.add("--no-sync");
    }
    Programs.Result result = programs.run("initdb", arguments);
    if (result.exitCode() != 0) {
      throw new ClusterFault(
          DiskSpace.isFull(result.output()) ? Code.DISK_FULL : Code.START_FAILED,
          "no cluster could be made in " + folder.root() + ": " + result.output());
    }
  }

  private void deleteHalfDone() throws IOException {
    try (var halfDone = Files.newDirectoryStream(folder.root(), MAKING + "*")) {
      for (Path making : halfDone) {
        PrivateFiles.deleteTree(making);
      }
    }
  }

  private void requireVersion() throws IOException {
    String version = Files.readString(folder.data().resolve("PG_VERSION")).strip();
    if (!version.equals(VERSION)) {
      throw new ClusterFault(
          Code.START_FAILED,
          "folder %s holds a cluster of PostgreSQL %s, and this is PostgreSQL %s"
              .formatted(folder.root(), version, VERSION));
    }
  }
}
