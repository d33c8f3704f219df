package io.holdfast.server.identity;

import io.holdfast.server.problem.ProblemException;
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

/// Whose a credential is. Of a browser's session the database is asked each time, so that one that
/// was ended is over at once, on every node. Of all others the answer is remembered for a few
/// seconds, which is how long a revoked key or an ended session may still be taken; those that
/// nobody has are remembered as well, so that guessing costs the database nothing twice. Requests
/// with the same one wait for one look-up together.
public final class Callers {
  private static final int MAX_REMEMBERED = 10_000;

  private final Jdbi database;
  private final AccessTokens tokens;
  private final Executor blocking;
  private final Duration memory;
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

  /// @param memory how long an answer is remembered
  public Callers(
      Jdbi database,
      AccessTokens tokens,
      Executor blocking,
      Duration memory,
      LongSupplier nanoClock) {
    this.database = database;
    this.tokens = tokens;
    this.blocking = blocking;
    this.memory = memory;
    this.nanoClock = nanoClock;
  }

  CompletionStage<Optional<Caller>> of(Credential credential) {
    return switch (credential) {
      case SessionCookie cookie -> CompletableFuture.supplyAsync(() -> ofConsole(cookie), blocking);
      case LastingCredential lasting -> remembered(lasting);
    };
  }

  private Optional<Caller> ofConsole(SessionCookie cookie) {
    Optional<Holders.OfConsole> found =
        database.withHandle(handle -> Holders.ofConsole(handle, cookie));
    found
        .filter(Holders.OfConsole::isUseToBeNoted)
        .ifPresent(_ -> LastUse.ofConsole(database, cookie));
    return found.map(Holders.OfConsole::caller);
  }

  private CompletionStage<Optional<Caller>> remembered(LastingCredential credential) {
    String name = HexFormat.of().formatHex(credential.hash());
    long now = nanoClock.getAsLong();
    Remembered known = remembered.get(name);
    if (known != null && now - known.untilNanos < 0) {
      return known.caller;
    }
    makeRoom(now);
    Remembered fresh = new Remembered(now + memory.toNanos());
    Remembered first = remembered.merge(name, fresh, (old, young) -> old == known ? young : old);
    if (first == fresh) {
      blocking.execute(() -> lookUp(name, credential, fresh));
    }
    return first.caller;
  }

  private void lookUp(String name, LastingCredential credential, Remembered entry) {
    try {
      Optional<Caller> found = caller(credential);
      entry.caller.complete(found);
      found.ifPresent(this::noteUse);
    } catch (ProblemException e) {
      entry.caller.completeExceptionally(e);
    } catch (RuntimeException e) {
      remembered.remove(name, entry);
      entry.caller.completeExceptionally(e);
    }
  }

  private void noteUse(Caller caller) {
    if (caller.subject() instanceof Subject.Key key) {
      LastUse.ofKey(database, caller.tenant(), key);
    }
  }

  private Optional<Caller> caller(LastingCredential credential) {
    return switch (credential) {
      case ApiKey key -> database.withHandle(handle -> Holders.ofKey(handle, key.hash()));
      case AccessToken token ->
          tokens
              .read(token)
              .flatMap(
                  session ->
                      database.withHandle(
                          handle -> Holders.ofSession(handle, session.tenant(), session.id())));
    };
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
