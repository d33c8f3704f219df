package io.holdfast.postgres;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// How a cluster is run. Both kinds are equally durable; they differ in who may delete them.
///
/// @param isThrowaway whether [Cluster#destroy()] may delete the folder
/// @param overrides server settings by name, instead of ours; not the ones that durability and
///   access rest on
public record ClusterSettings(boolean isThrowaway, Map<String, String> overrides) {
  private static final Set<String> FIXED =
      Set.of(
          "fsync",
          "full_page_writes",
          "synchronous_commit",
          "listen_addresses",
          "password_encryption",
          "port",
          "unix_socket_directories");

  public ClusterSettings {
    for (String name : overrides.keySet()) {
      if (FIXED.contains(name)) {
        throw new IllegalArgumentException("the setting " + name + " can't be overridden");
      }
    }
    overrides = Map.copyOf(overrides);
  }

  /// For data that matters: nothing here ever deletes it.
  public static ClusterSettings durable() {
    return new ClusterSettings(false, Map.of());
  }

  /// For a test or a measurement, which destroys the cluster when it is done.
  public static ClusterSettings throwaway() {
    return new ClusterSettings(true, Map.of());
  }

  public ClusterSettings with(String name, String value) {
    Map<String, String> more = new TreeMap<>(overrides);
    more.put(name, value);
    return new ClusterSettings(isThrowaway, more);
  }
}
