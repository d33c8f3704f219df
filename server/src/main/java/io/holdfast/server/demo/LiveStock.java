package io.holdfast.server.demo;

import io.holdfast.server.json.JsonWriting;
import io.holdfast.server.request.Drain;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// The ticket office as it is now, several times a second, for everybody who looks. The database is
/// asked once for all of them, and not at all while nobody looks.
@Singleton
final class LiveStock {
  private static final Duration INTERVAL = Duration.ofMillis(200);

  private final TicketOffice office;
  private final Crowd crowd;
  private final Executor blocking = Executors.newVirtualThreadPerTaskExecutor();
  private final Multi<String> ticks;

  LiveStock(TicketOffice office, Crowd crowd, Drain drain) {
    this.office = office;
    this.crowd = crowd;
    this.ticks =
        Multi.createFrom()
            .ticks()
            .every(INTERVAL)
            .onOverflow()
            .drop()
            .emitOn(blocking)
            .select()
            .first(_ -> !drain.isStopping())
            .map(_ -> tick())
            .broadcast()
            .withCancellationAfterLastSubscriberDeparture()
            .toAllSubscribers();
  }

  /// @param refused by this node since the last reset here
  /// @param crowd the last one let loose on this node
  record Tick(
      long stock,
      long initialStock,
      long sold,
      long oversold,
      long refused,
      BuyerRun.@Nullable Progress crowd) {}

  /// A slow reader misses what it was too slow for.
  Multi<String> ticks() {
    return ticks.onOverflow().dropPreviousItems();
  }

  /// While the database is away there is nothing to show, and the page says so.
  private String tick() {
    try {
      Inventory inventory = office.inventory();
      return json(
          new Tick(
              inventory.available(),
              DemoShop.TICKETS,
              inventory.unitsSold(),
              inventory.oversold(),
              office.refused(),
              crowd.progress().orElse(null)));
    } catch (RuntimeException e) {
      return "{}";
    }
  }

  private static String json(Tick tick) {
    return JsonWriting.text(tick);
  }
}
