package io.holdfast.postgres.setup;

import io.holdfast.postgres.folder.ClusterFolder;
import io.holdfast.postgres.folder.PrivateFiles;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/// The server's settings, written anew at every start so that a new version's settings take effect.
public final class ServerConfig {
  static final String FILE = "holdfast.conf";

  private static final String SETTINGS =
      """
      # Written at every start of Holdfast: settings of your own belong below the include of this
      # file at the end of postgresql.conf.

      # An answered commit is on disk, whatever dies.
      fsync = on
      synchronous_commit = on
      full_page_writes = on

      # Reached from this machine and with a password only. The port is given at start.
      listen_addresses = '127.0.0.1'
      unix_socket_directories = ''
      password_encryption = scram-sha-256

      # A backend whose node was killed lets go of its locks, though nobody reads its answer.
      client_connection_check_interval = 1s

      max_connections = 100
      shared_buffers = 192MB
      work_mem = 8MB
      maintenance_work_mem = 64MB

      # Many short transactions: nothing to gain from compiling them.
      jit = off
      random_page_cost = 1.1

      wal_level = replica
      wal_buffers = 16MB
      # A new segment of the log is not filled with zeros first: with that, whoever commits first
      # into it waits for 50 to 100 ms, once a second under load, until old segments come back.
      wal_init_zero = off
      min_wal_size = 256MB
      max_wal_size = 2GB
      checkpoint_timeout = 10min
      checkpoint_completion_target = 0.9

      # Pages go to the disk soon and a few at a time. The kernel would let hundreds of megabytes
      # gather for half a minute and write them at once, and each COMMIT waits for 100 ms meanwhile.
      bgwriter_delay = 50ms
      bgwriter_lru_maxpages = 400
      bgwriter_lru_multiplier = 4
      backend_flush_after = 256kB

      # Hot rows leave dead versions by the thousand a second. Statistics are of no use to the
      # statements that sell, which reach their rows by key, and cost a core for half a second: a
      # tenth of new rows is soon enough for them, and a smaller sample.
      autovacuum_naptime = 5s
      autovacuum_vacuum_scale_factor = 0.05
      autovacuum_vacuum_insert_scale_factor = 0.1
      autovacuum_analyze_scale_factor = 0.1
      default_statistics_target = 25

      log_line_prefix = '%m [%p] %u@%d '
      log_timezone = 'UTC'
      timezone = 'UTC'
      """;

  private ServerConfig() {}

  public static void write(ClusterFolder folder, Map<String, String> overrides) throws IOException {
    StringBuilder text = new StringBuilder(SETTINGS);
    new TreeMap<>(overrides)
        .forEach((name, value) -> text.append("%s = %s%n".formatted(name, quoted(value))));
    PrivateFiles.write(folder.data().resolve(FILE), text.toString());
  }

  private static String quoted(String value) {
    return "'" + value.replace("'", "''") + "'";
  }
}
