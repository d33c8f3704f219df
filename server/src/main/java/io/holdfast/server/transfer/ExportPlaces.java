package io.holdfast.server.transfer;

import io.holdfast.stock.TenantId;
import java.util.HashMap;
import java.util.Map;

/// How many exports are under way on this node: each has a file on its disk until its client has
/// it.
final class ExportPlaces {
  static final int MAX_OF_TENANT = 2;
  static final int MAX = 16;

  private final Map<TenantId, Integer> taken = new HashMap<>();

  /// Who takes a place leaves it, too.
  synchronized boolean take(TenantId tenant) {
    int all = taken.values().stream().mapToInt(Integer::intValue).sum();
    boolean isFree = all < MAX && taken.getOrDefault(tenant, 0) < MAX_OF_TENANT;
    if (isFree) {
      taken.merge(tenant, 1, Integer::sum);
    }
    return isFree;
  }

  synchronized void leave(TenantId tenant) {
    taken.computeIfPresent(tenant, (_, count) -> count == 1 ? null : count - 1);
  }
}
