package io.holdfast.proof.bench;

import com.sun.management.OperatingSystemMXBean;
import io.holdfast.proof.rows.Database;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// What the results were measured on: without it they mean nothing.
final class Machine {

  private static final List<String> DURABILITY =
      List.of(
          "fsync",
          "synchronous_commit",
          "full_page_writes",
          "wal_sync_method",
          "data_checksums",
          "shared_buffers",
          "max_wal_size");

  private Machine() {}

  static Map<String, Object> describe(Database database, Pace pace) throws SQLException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("hardware", hardware());
    Map<String, Object> versions = new LinkedHashMap<>();
    versions.put("java", System.getProperty("java.vm.version"));
    try (Connection connection = database.connect()) {
      versions.put("postgresql", connection.getMetaData().getDatabaseProductVersion());
      json.put("versions", versions);
      json.put("commit", commit());
      json.put("durability", settings(connection));
    }
    json.put("quick", pace.isQuick());
    json.put("in_process_seconds", pace.engineSeconds());
    json.put("http_seconds", pace.measuredMillis() / 1e3);
    return json;
  }

  private static Map<String, Object> hardware() {
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("cpus", system.getAvailableProcessors());
    json.put("cpu", cpu());
    json.put("memory_mib", system.getTotalMemorySize() >> 20);
    json.put("system", system.getName() + " " + system.getVersion() + " " + system.getArch());
    json.put("load_before", system.getSystemLoadAverage());
    return json;
  }

  private static String cpu() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo"), StandardCharsets.UTF_8).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException elsewhere) {
      return "unknown";
    }
  }

  private static String commit() {
    String home = System.getenv().getOrDefault("HOLDFAST_HOME", ".");
    try {
      Process git =
          new ProcessBuilder("git", "-C", home, "describe", "--always", "--dirty", "--abbrev=40")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String id = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return git.waitFor(5, TimeUnit.SECONDS) && git.exitValue() == 0 ? id : "unknown";
    } catch (IOException noGit) {
      return "unknown";
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return "unknown";
    }
  }

  private static Map<String, String> settings(Connection connection) throws SQLException {
    Map<String, String> settings = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement()) {
      for (String name : DURABILITY) {
        try (ResultSet row = statement.executeQuery("SHOW " + name)) {
          row.next();
          settings.put(name, row.getString(1));
        }
      }
    }
    return settings;
  }
}
