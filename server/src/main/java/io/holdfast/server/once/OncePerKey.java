package io.holdfast.server.once;

import io.holdfast.server.identity.Caller;
import io.holdfast.server.identity.RequestKey;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.trail.Change;
import io.holdfast.server.trail.State;
import io.holdfast.server.trail.Subject;
import io.holdfast.server.trail.Trail;
import io.holdfast.stock.IdempotencyKey;
import io.holdfast.stock.TenantId;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Does what a request asks for once per idempotency key, in one transaction with its entry in the
/// trail and with the answer that the key is bound to. What throws leaves nothing behind, and binds
/// no key.
@Singleton
public final class OncePerKey {
  private final TenantScope tenants;
  private final Trail trail;

  OncePerKey(TenantScope tenants, Trail trail) {
    this.tenants = tenants;
    this.trail = trail;
  }

  /// What is asked.
  ///
  /// @param operation its name; the same key is another one for another operation
  /// @param asked everything that it asks for, in a text that no other request has
  /// @param subject what it is about
  public record Asked(
      Caller caller,
      String operation,
      String asked,
      @Nullable IdempotencyKey key,
      Subject subject) {}

  /// What was done. There is no answer without the change, so nobody can forget to tell it.
  ///
  /// @param before null: it was not there
  /// @param after null: it is not there any more
  public record Done(GivenAnswer answer, @Nullable State before, @Nullable State after) {}

  /// Does it, in a transaction that sees the caller's rows. Until it ends nobody else changes the
  /// subject by a request, so what is read before the change is what it replaces.
  @FunctionalInterface
  public interface Work {
    Done on(Handle handle) throws SQLException;
  }

  public Response answer(Asked request, Work work) throws SQLException {
    KeyedRequest keyed =
        KeyedRequest.of(request.caller(), request.operation(), request.key(), request.asked());
    return tenants.inTransaction(
        request.caller().tenant(),
        handle ->
            keyed == null
                ? recorded(handle, request, work).response(false)
                : once(handle, request, keyed, work));
  }

  private GivenAnswer recorded(Handle handle, Asked request, Work work) throws SQLException {
    Caller caller = request.caller();
    KeptAnswers.lock(handle, subjectKey(caller.tenant(), request.subject()));
    Done done = work.on(handle);
    Change change = new Change(request.subject(), done.before(), done.after());
    trail.add(handle, caller.tenant(), caller.actor(), change);
    return done.answer();
  }

  private static UUID subjectKey(TenantId tenant, Subject subject) {
    return RequestKey.digest(tenant.value() + "\n" + subject.kind() + "\n" + subject.name());
  }

  private Response once(Handle handle, Asked request, KeyedRequest keyed, Work work)
      throws SQLException {
    TenantId tenant = request.caller().tenant();
    KeptAnswers.lock(handle, keyed.key());
    Optional<Response> earlier = keyed.replay(handle, tenant);
    if (earlier.isPresent()) {
      return earlier.get();
    }
    GivenAnswer answer = recorded(handle, request, work);
    KeptAnswers.add(handle, tenant, keyed, answer);
    return answer.response(false);
  }
}
