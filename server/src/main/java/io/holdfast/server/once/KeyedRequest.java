package io.holdfast.server.once;

import io.holdfast.server.identity.Caller;
import io.holdfast.server.identity.RequestKey;
import io.holdfast.server.problem.ProblemException;
import io.holdfast.server.problem.RefusalProblems;
import io.holdfast.stock.IdempotencyKey;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.TenantId;
import jakarta.ws.rs.core.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// A request with an idempotency key, as the answer that is kept for it is found. For what is done
/// in the engine's transactions, where [OncePerKey] can't be: there the engine does it once, and
/// whoever takes part keeps the answer with it.
///
/// @param key within its scope of caller and operation
/// @param fingerprint by which it is told from another request with the same key
public record KeyedRequest(UUID key, UUID fingerprint) {

  /// Null without a key.
  ///
  /// @param operation its name; the same key is another one for another operation
  /// @param asked everything that it asks for, in a text that no other request has
  public static @Nullable KeyedRequest of(
      Caller caller, String operation, @Nullable IdempotencyKey key, String asked) {
    return key == null
        ? null
        : new KeyedRequest(RequestKey.digest(caller, operation, key), RequestKey.digest(asked));
  }

  /// The key as the engine is to know it. It tells operations apart only by their commands.
  public IdempotencyKey engineKey() {
    return new IdempotencyKey(key.toString());
  }

  /// An answer, and the request that it is to be kept for.
  public record Answered(KeyedRequest request, GivenAnswer answer) {}

  /// Keeps answers in the transaction of what they tell of.
  public static void keep(Connection transaction, TenantId tenant, List<Answered> answers)
      throws SQLException {
    if (!answers.isEmpty()) {
      KeptAnswers.addAll(transaction, tenant, answers);
    }
  }

  /// The answer that was given before; empty: none was. It ends the request if the key was used for
  /// another one.
  public Optional<Response> replay(Handle handle, TenantId tenant) {
    return KeptAnswers.find(handle, tenant, key).map(this::response);
  }

  private Response response(KeptAnswers.Kept earlier) {
    if (!earlier.fingerprint().equals(fingerprint)) {
      throw reused();
    }
    return earlier.answer().response(true);
  }

  /// For a key that was used for another request.
  public static ProblemException reused() {
    return new ProblemException(RefusalProblems.of(new Refusal.KeyReused()).at(RequestKey.HEADER));
  }
}
