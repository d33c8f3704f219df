package io.holdfast.postgres.process;

import io.holdfast.postgres.ClusterFault;
import io.holdfast.postgres.ClusterFault.Code;
import io.holdfast.postgres.folder.ClusterFolder;
import io.holdfast.postgres.folder.DiskSpace;
import io.holdfast.postgres.folder.PrivateFiles;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Starts and stops the server of a cluster. `pg_ctl` gives it a session of its own, so that a
/// terminal's Ctrl-C reaches the node only and a killed node leaves it running.
///
/// Not for several threads: [Watchdog] and [io.holdfast.postgres.Cluster] take turns.
public final class Server {
  private static final Logger LOG = System.getLogger(Server.class.getName());
  private static final int PORTS_TRIED = 5;
  private static final Duration ORPHAN_PATIENCE = Duration.ofSeconds(5);
  private static final String LOOPBACK = "127.0.0.1";

  private final ClusterFolder folder;
  private final Programs programs;
  private final ServerLog log;
  private final DataProcesses processes;

  public Server(ClusterFolder folder, Programs programs) {
    this.folder = folder;
    this.programs = programs;
    this.log = new ServerLog(folder.log());
    this.processes = new DataProcesses(folder.data());
  }

  ServerLog log() {
    return log;
  }

  /// The server's process and port, if it runs.
  Optional<PidFile> running() {
    return PidFile.read(folder.data()).filter(file -> processes.isRunning(file.pid()));
  }

  /// The server's process, or 0 when none runs at this moment.
  public long pid() {
    return running().map(PidFile::pid).orElse(0L);
  }

  /// Starts the server where it listened last if that port is free, else on another.
  public int start() {
    int port = freePort(folder.lastPort().orElse(0));
    for (int tried = 1; ; tried++) {
      try {
        start(port);
        folder.rememberPort(port);
        return port;
      } catch (PortTaken e) {
        if (tried == PORTS_TRIED) {
          throw new ClusterFault(Code.START_FAILED, "no free port was found for PostgreSQL", e);
        }
        port = freePort(0);
      } catch (IOException e) {
        throw PrivateFiles.notWritable(folder.root(), e);
      }
    }
  }

  /// Starts the server on this port, or fails with [PortTaken].
  void start(int port) throws PortTaken {
    clearRemains();
    long logged = log.length();
    Programs.Result result =
        programs.run(
            "pg_ctl",
            List.of(
                "start",
                "--wait",
                "--timeout=600",
                "--silent",
                "--pgdata=data",
                "--log=" + folder.log().getFileName(),
                "--options=-p " + port));
    if (result.exitCode() != 0) {
      throw startFailure(port, result.output(), log.since(logged));
    }
  }

  /// Fast shutdown: transactions are rolled back, and the next start has nothing to recover.
  public void stop() {
    if (running().isEmpty() || stopped("fast", 30) || stopped("immediate", 10)) {
      return;
    }
    LOG.log(Level.WARNING, "PostgreSQL in {0} does not stop and is left behind", folder.root());
  }

  private boolean stopped(String mode, int seconds) {
    Programs.Result result =
        programs.run(
            "pg_ctl",
            List.of(
                "stop",
                "--wait",
                "--timeout=" + seconds,
                "--silent",
                "--pgdata=data",
                "--mode=" + mode));
    return result.exitCode() == 0 || running().isEmpty();
  }

  /// A server that was killed leaves its pid file, and sometimes backends that have not noticed
  /// yet: no server may start beside them.
  private void clearRemains() {
    if (PidFile.read(folder.data()).isEmpty()) {
      return;
    }
    List<ProcessHandle> orphans = processes.all();
    if (!orphans.isEmpty() && !ended(orphans)) {
      orphans.forEach(ProcessHandle::destroyForcibly);
      ended(orphans);
    }
    try {
      // PostgreSQL would take a zombie, or a stranger with the same number, for its predecessor.
      Files.deleteIfExists(PidFile.in(folder.data()));
    } catch (IOException e) {
      throw PrivateFiles.notWritable(folder.root(), e);
    }
  }

  private boolean ended(List<ProcessHandle> orphans) {
    long deadline = System.nanoTime() + ORPHAN_PATIENCE.toNanos();
    while (orphans.stream().anyMatch(orphan -> processes.isRunning(orphan.pid()))) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Pause.millis(20);
    }
    return true;
  }

  private ClusterFault startFailure(int port, String output, String logged) throws PortTaken {
    if (logged.contains("could not bind IPv4 address")) {
      throw new PortTaken(port);
    }
    if (DiskSpace.isFull(logged) || DiskSpace.isFull(output)) {
      return new ClusterFault(
          Code.DISK_FULL, "PostgreSQL found no space left on the disk of " + folder.root());
    }
    return new ClusterFault(
        Code.START_FAILED,
        "PostgreSQL did not start in %s: %s%n%s"
            .formatted(folder.root(), output, ServerLog.lastLines(logged)));
  }

  private static int freePort(int wanted) {
    try (var socket = new ServerSocket(wanted, 1, InetAddress.ofLiteral(LOOPBACK))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      if (wanted == 0) {
        throw new ClusterFault(Code.START_FAILED, "no port is free for PostgreSQL: " + e, e);
      }
      return freePort(0);
    }
  }
}
