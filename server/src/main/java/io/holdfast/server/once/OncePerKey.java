package io.holdfast.server.once;

import io.holdfast.server.identity.Caller;
import io.holdfast.server.identity.RequestKey;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.once.KeptAnswers.Kept;
import io.holdfast.server.problem.ProblemException;
import io.holdfast.server.problem.RefusalProblems;
import io.holdfast.stock.IdempotencyKey;
import io.holdfast.stock.Refusal;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Does what a request asks for once per idempotency key, in one transaction with the answer that
/// the key is bound to. What throws leaves nothing behind, and binds no key.
@Singleton
public final class OncePerKey {
  private final TenantScope tenants;

  OncePerKey(TenantScope tenants) {
    this.tenants = tenants;
  }

  /// What is asked.
  ///
  /// @param operation its name; the same key is another one for another operation
  /// @param asked everything that it asks for, in a text that no other request has
  public record Asked(
      Caller caller, String operation, String asked, @Nullable IdempotencyKey key) {}

  /// Does it, in a transaction that sees the caller's rows.
  @FunctionalInterface
  public interface Work {
    GivenAnswer on(Handle handle) throws SQLException;
  }

  public Response answer(Asked request, Work work) throws SQLException {
    IdempotencyKey key = request.key();
    return tenants.inTransaction(
        request.caller().tenant(),
        handle ->
            key == null
                ? work.on(handle).response(false)
                : once(
                    handle,
                    request,
                    RequestKey.digest(request.caller(), request.operation(), key),
                    work));
  }

  private static Response once(Handle handle, Asked request, UUID key, Work work)
      throws SQLException {
    KeptAnswers.lock(handle, key);
    UUID fingerprint = RequestKey.digest(request.asked());
    Optional<Kept> earlier = KeptAnswers.find(handle, request.caller().tenant(), key);
    if (earlier.isPresent()) {
      return replayed(earlier.get(), fingerprint);
    }
    GivenAnswer answer = work.on(handle);
    KeptAnswers.add(handle, request.caller().tenant(), key, fingerprint, answer);
    return answer.response(false);
  }

  private static Response replayed(Kept earlier, UUID fingerprint) {
    if (!earlier.fingerprint().equals(fingerprint)) {
      throw new ProblemException(RefusalProblems.of(new Refusal.KeyReused()).at(RequestKey.HEADER));
    }
    return earlier.answer().response(true);
  }
}
