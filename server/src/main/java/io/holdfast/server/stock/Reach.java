package io.holdfast.server.stock;

import io.holdfast.server.identity.Caller;
import io.holdfast.server.identity.Permission;
import io.holdfast.server.identity.Rights;
import io.holdfast.server.json.JsonMembers;
import io.holdfast.stock.Call;
import io.holdfast.stock.Customer;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How far a request reaches: to whatever is the tenant's, or to the caller's own reservations
/// alone. Somebody else's are not there then, which the engine decides with everything else.
///
/// @param further the permission that reaches to all
public record Reach(Caller caller, Permission further) {

  /// Of the request for an operation that the caller may do.
  public static Reach of(SecurityContext security, String operationId) {
    return of(Caller.of(security), operationId);
  }

  public static Reach of(Caller caller, String operationId) {
    return new Reach(caller, Rights.ofOperation(operationId).orElseThrow());
  }

  /// What is done as one reaches no further than each of its parts may.
  public static Reach narrowest(List<Reach> parts) {
    return parts.stream()
        .filter(part -> part.onlyOf() != null)
        .findFirst()
        .orElseGet(parts::getFirst);
  }

  /// Null: to all.
  public @Nullable Customer onlyOf() {
    return caller.may(further) ? null : caller.customer();
  }

  public boolean sees(@Nullable Customer customer) {
    Customer own = onlyOf();
    return own == null || own.equals(customer);
  }

  /// For whom something is asked. Whoever reaches no further than to what is its own is its own
  /// customer, named or not, so that no limit can be got round by another name; to name somebody
  /// else takes more.
  public @Nullable Customer customer(JsonMembers members) {
    Customer named = members.optionalText("customer", Customer::new).orElse(null);
    Customer own = onlyOf();
    if (own == null) {
      return named;
    }
    if (named != null && !named.equals(own)) {
      caller.requireAll(Set.of(further), members.path("customer"));
    }
    return own;
  }

  public Call call() {
    Call call = Call.by(caller.tenant(), caller.actor());
    Customer own = onlyOf();
    return own == null ? call : call.onlyOf(own);
  }
}
