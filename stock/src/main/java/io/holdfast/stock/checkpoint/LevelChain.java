package io.holdfast.stock.checkpoint;

import io.holdfast.stock.LocationId;
import io.holdfast.stock.MovementView;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockVerifier.Difference;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.decide.ChainHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Recomputes the hash chain of one level from its movements, up to the one that a head states.
final class LevelChain {
  private final TenantId tenant;
  private final Sku sku;
  private final LocationId location;
  private final Iterator<MovementView> movements;
  private final List<Difference> differences = new ArrayList<>();
  private boolean isStated;

  LevelChain(TenantId tenant, Sku sku, LocationId location, Iterator<MovementView> oldestFirst) {
    this.tenant = tenant;
    this.sku = sku;
    this.location = location;
    this.movements = oldestFirst;
  }

  /// Heads of other levels say nothing about this one.
  void hold(Head head) {
    if (head.sku().equals(sku.value()) && head.location().equals(location.value())) {
      isStated = true;
      byte[] hash = hashAt(head.position());
      if (!Arrays.equals(head.hash(), hash)) {
        differences.add(LedgerHeads.difference(head, hash));
      }
    }
  }

  /// Null when there are fewer movements, or they do not follow one another.
  private byte @Nullable [] hashAt(long position) {
    ChainHash chain = new ChainHash();
    byte[] hash = ChainHash.start();
    for (long i = 1; i <= position; i++) {
      if (!movements.hasNext()) {
        return null;
      }
      MovementView movement = movements.next();
      if (movement.after().version() != i) {
        return null;
      }
      hash = chain.next(hash, row(movement));
    }
    return hash;
  }

  private ChainHash.Row row(MovementView movement) {
    return new ChainHash.Row(
        tenant.value(),
        sku.value(),
        location.value(),
        movement.after().version(),
        movement.onHandChange(),
        movement.reservedChange(),
        movement.after().onHand(),
        movement.after().reserved(),
        movement.recordedAt(),
        movement.reservation(),
        movement.kind(),
        movement.actor(),
        movement.reason(),
        movement.detail());
  }

  List<Difference> differences() {
    if (!isStated) {
      return List.of(
          new Difference("checkpoint states the level", sku + "/" + location, "a head", "none"));
    }
    return differences;
  }
}
