package io.holdfast.proof.node;

import io.holdfast.postgres.Cluster;
import io.holdfast.postgres.ClusterFault;
import io.holdfast.redis.ThrowawayRedis;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Folders of fleets whose prover was killed, so that nobody closed them. Their nodes stop by
/// themselves; their PostgreSQL, which is made to survive, and their Redis run on.
record Leftovers(Path parent) {
  static final String PREFIX = "holdfast-prove-";
  static final String CLUSTER = "postgres";
  static final String REDIS = "redis";

  void discard() throws IOException {
    try (DirectoryStream<Path> fleets = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path fleet : fleets) {
        Path cluster = fleet.resolve(CLUSTER);
        // One without a cluster is just being opened by another prover.
        if (Files.isDirectory(cluster)) {
          discard(fleet, cluster);
        }
      }
    }
  }

  private static void discard(Path fleet, Path cluster) throws IOException {
    try {
      Cluster.discard(cluster);
    } catch (ClusterFault e) {
      // A living prover's, or somebody else's.
      return;
    }
    ThrowawayRedis.discard(fleet.resolve(REDIS));
    Fleet.delete(fleet);
  }
}
