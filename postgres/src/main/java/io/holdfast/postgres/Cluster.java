package io.holdfast.postgres;

import io.holdfast.postgres.binaries.Binaries;
import io.holdfast.postgres.folder.ClusterFolder;
import io.holdfast.postgres.folder.PrivateFiles;
import io.holdfast.postgres.process.Connector;
import io.holdfast.postgres.process.Programs;
import io.holdfast.postgres.process.Server;
import io.holdfast.postgres.process.Watchdog;
import io.holdfast.postgres.setup.Logins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/// A running PostgreSQL 18 in a folder.
///
/// Durable: an answered commit is on disk. It listens on 127.0.0.1 with a password for every login,
/// on a port that stays the same as long as it is free. The server outlives a kill of this process
/// and is then adopted by the next [#open(Path, ClusterSettings)]; when the server is killed, it is
/// started again on the same port while this process lives, and connections made before are lost.
///
/// Any thread may use a cluster. One process has a folder open at a time.
public final class Cluster implements AutoCloseable {
  /// The database that every cluster has.
  public static final String DATABASE = "holdfast";

  private final ClusterFolder folder;
  private final ClusterSettings settings;
  private final FolderLock lock;
  private final Server server;
  private final Watchdog watchdog;
  private final int port;
  private boolean isOpen = true;

  private Cluster(
      ClusterFolder folder, ClusterSettings settings, FolderLock lock, Opening.Opened opened) {
    this.folder = folder;
    this.settings = settings;
    this.lock = lock;
    this.server = opened.server();
    this.port = opened.port();
    this.watchdog = Watchdog.over(server, port);
  }

  /// Makes the cluster when the folder has none, and starts or adopts its server. Ready when this
  /// returns.
  ///
  /// @throws ClusterFault in this order of precedence: folder not writable, in use, disk full,
  ///   cannot run as root, not supported here, start failed
  public static Cluster open(Path folder, ClusterSettings settings) {
    FolderLock lock = FolderLock.acquire(folder);
    try {
      ClusterFolder layout = new ClusterFolder(PrivateFiles.folder(folder));
      return new Cluster(layout, settings, lock, new Opening(layout, settings).open());
    } catch (IOException e) {
      lock.close();
      throw PrivateFiles.notWritable(folder, e);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /// Where the owner of the schema connects, with its password.
  public String ownerUrl() {
    return url(Login.OWNER, DATABASE);
  }

  /// Where the application connects, with its password.
  public String appUrl() {
    return url(Login.NODE, DATABASE);
  }

  /// Where the superuser connects, with its password.
  public String superuserUrl() {
    return url(Login.SUPERUSER, DATABASE);
  }

  /// The same for another database of this cluster.
  public String url(Login login, String database) {
    try {
      return login.url(folder.password(login), port, database);
    } catch (IOException e) {
      throw PrivateFiles.notWritable(folder.root(), e);
    }
  }

  /// Makes an empty database beside the first, with the same owner; one that exists is left alone.
  ///
  /// @param name lower-case letters, digits and `_`
  public void createDatabase(String name) throws SQLException {
    try (var connection = Connector.connect(superuserUrl())) {
      Logins.makeDatabase(connection, name);
    }
  }

  public int port() {
    return port;
  }

  /// The server's process at this moment: another one after a restart, and 0 while it is down.
  public long pid() {
    return server.pid();
  }

  public Path folder() {
    return folder.root();
  }

  /// Stops the server and waits for its end: what was not committed is rolled back. May be
  /// repeated.
  public synchronized void stop() {
    if (isOpen) {
      isOpen = false;
      watchdog.close();
      server.stop();
      lock.close();
    }
  }

  /// The same as [#stop()].
  @Override
  public void close() {
    stop();
  }

  /// Stops the server and deletes the folder.
  ///
  /// @throws IllegalStateException unless the cluster was made and opened as throwaway
  public void destroy() {
    if (!settings.isThrowaway()) {
      throw new IllegalStateException(folder.root() + " was not opened for throwing away");
    }
    requireThrowaway(folder);
    stop();
    try {
      PrivateFiles.deleteTree(folder.root());
    } catch (IOException e) {
      throw PrivateFiles.notWritable(folder.root(), e);
    }
  }

  /// Deletes what a process that was killed has left of a throwaway cluster, with its server if
  /// that still runs.
  ///
  /// @throws ClusterFault when the folder is in use by a living process, or not ours to write
  /// @throws IllegalStateException unless the cluster was made as throwaway
  public static void discard(Path folder) {
    try (FolderLock _ = FolderLock.acquire(folder)) {
      ClusterFolder layout = new ClusterFolder(PrivateFiles.folder(folder));
      if (layout.hasData()) {
        requireThrowaway(layout);
        Programs programs = Programs.in(layout.root(), Binaries.unpacked(layout.root()));
        new Server(layout, programs).stop();
      }
      PrivateFiles.deleteTree(layout.root());
    } catch (IOException e) {
      throw PrivateFiles.notWritable(folder, e);
    }
  }

  private static void requireThrowaway(ClusterFolder layout) {
    if (!Files.exists(layout.throwaway())) {
      throw new IllegalStateException(layout.root() + " was not made for throwing away");
    }
  }

  /// As if this process had been killed: the server goes on without anybody looking after it.
  synchronized void forget() {
    isOpen = false;
    watchdog.close();
    lock.close();
  }
}
