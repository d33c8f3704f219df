package io.holdfast.stock;

import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/// When an auditor makes checkpoints, and whose it believes.
///
/// @param key an Ed25519 pair that signs them
/// @param interval how long after a tenant's last one the next is made, if anything has moved
/// @param formerKeys other keys that have signed before
public record CheckpointSchedule(KeyPair key, Duration interval, Set<PublicKey> formerKeys) {
  public CheckpointSchedule {
    Objects.requireNonNull(key, "key");
    interval = Limits.checked("interval", interval);
    formerKeys = Set.copyOf(Objects.requireNonNull(formerKeys, "formerKeys"));
  }

  /// All keys that may have signed.
  public Set<PublicKey> trusted() {
    Set<PublicKey> trusted = new HashSet<>(formerKeys);
    trusted.add(key.getPublic());
    return trusted;
  }
}
