package io.holdfast.server.identity;

import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Jdbi;

/// Whose a key is. The answer is remembered for a few seconds, which is how long a revoked key may
/// still be taken; keys that nobody has are remembered as well, so that guessing costs the database
/// nothing twice. Requests with the same key wait for one look-up together.
public final class Callers {
  private static final Duration REMEMBERED = Duration.ofSeconds(3);
  private static final int MAX_REMEMBERED = 10_000;

  private final Jdbi database;
  private final Executor blocking;
  private final LongSupplier nanoClock;
  private final Map<String, Remembered> remembered = new ConcurrentHashMap<>();

  /// Not a record: one entry is told from another by which it is, not by what it holds.
  private static final class Remembered {
    private final CompletableFuture<Optional<Caller>> caller = new CompletableFuture<>();
    private final long untilNanos;

    private Remembered(long untilNanos) {
      this.untilNanos = untilNanos;
    }
  }

  public Callers(Jdbi database, Executor blocking, LongSupplier nanoClock) {
    this.database = database;
    this.blocking = blocking;
    this.nanoClock = nanoClock;
  }

  public CompletionStage<Optional<Caller>> of(ApiKey key) {
    byte[] hash = key.hash();
    String name = HexFormat.of().formatHex(hash);
    long now = nanoClock.getAsLong();
    Remembered known = remembered.get(name);
    if (known != null && now - known.untilNanos < 0) {
      return known.caller;
    }
    makeRoom(now);
    Remembered fresh = new Remembered(now + REMEMBERED.toNanos());
    Remembered first = remembered.merge(name, fresh, (old, young) -> old == known ? young : old);
    if (first == fresh) {
      blocking.execute(() -> lookUp(name, hash, fresh));
    }
    return first.caller;
  }

  private void lookUp(String name, byte[] hash, Remembered entry) {
    try {
      entry.caller.complete(database.withHandle(handle -> ApiKeys.caller(handle, hash)));
    } catch (RuntimeException e) {
      remembered.remove(name, entry);
      entry.caller.completeExceptionally(e);
    }
  }

  /// What is outdated goes; if nothing is, everything does.
  private void makeRoom(long now) {
    if (remembered.size() >= MAX_REMEMBERED) {
      remembered.values().removeIf(entry -> now - entry.untilNanos >= 0);
      if (remembered.size() >= MAX_REMEMBERED) {
        remembered.clear();
      }
    }
  }
}
