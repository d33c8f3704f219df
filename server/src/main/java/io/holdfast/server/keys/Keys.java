package io.holdfast.server.keys;

import io.holdfast.server.identity.ApiKey;
import io.holdfast.server.identity.Caller;
import io.holdfast.server.identity.Permission;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.json.InvalidMember;
import io.holdfast.server.keys.KeyBodies.KeyWithSecret;
import io.holdfast.server.keys.KeyBodies.StoredKey;
import io.holdfast.server.keys.KeyBodies.Wanted;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;
import io.holdfast.server.role.GivenRoles;
import io.holdfast.server.trail.Change;
import io.holdfast.server.trail.State;
import io.holdfast.server.trail.Subject;
import io.holdfast.server.trail.Trail;
import io.holdfast.stock.TenantId;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// A tenant's keys. Nobody gets a secret that may do more than they may themselves.
@Singleton
final class Keys {
  private static final int MAX_KEYS = 1_000;

  private final TenantScope tenants;
  private final Trail trail;
  private final SecureRandom randomness = new SecureRandom();

  Keys(TenantScope tenants, Trail trail) {
    this.tenants = tenants;
    this.trail = trail;
  }

  KeyWithSecret create(Caller caller, Wanted wanted) {
    ApiKey secret = ApiKey.random(randomness);
    return tenants.inTransaction(
        caller.tenant(),
        handle -> {
          caller.requireAll(permissions(handle, caller.tenant(), wanted), "role");
          if (StoredKeys.living(handle, caller.tenant()) >= MAX_KEYS) {
            throw new ProblemException(
                ProblemCode.TOO_MANY_KEYS, "there are " + MAX_KEYS + " living keys already");
          }
          StoredKey made = StoredKeys.add(handle, caller.tenant(), wanted, secret);
          tell(handle, caller, made.id(), null, state(made));
          return KeyWithSecret.of(made, secret);
        });
  }

  private static Set<Permission> permissions(Handle handle, TenantId tenant, Wanted wanted) {
    Set<Permission> ofRole =
        GivenRoles.required(handle, tenant, Set.of(wanted.role().text()), "role");
    Set<Permission> scopes = wanted.scopes();
    if (scopes == null) {
      return ofRole;
    }
    for (Permission permission : scopes) {
      if (!ofRole.contains(permission)) {
        throw new InvalidMember("scopes", permission.code() + " is not of the role");
      }
    }
    return scopes;
  }

  List<StoredKey> list(Caller caller) {
    return tenants.inTransaction(
        caller.tenant(), handle -> StoredKeys.list(handle, caller.tenant()));
  }

  StoredKey get(Caller caller, String id) {
    return tenants.inTransaction(caller.tenant(), handle -> found(handle, caller, id));
  }

  KeyWithSecret rotate(Caller caller, String id, long overlapSeconds) {
    ApiKey secret = ApiKey.random(randomness);
    return tenants.inTransaction(
        caller.tenant(),
        handle -> {
          StoredKey key = living(handle, caller, id);
          caller.requireAll(permissions(handle, caller.tenant(), key), "role");
          if (!StoredKeys.rotate(handle, caller.tenant(), key.id(), secret, overlapSeconds)) {
            throw unknown(id);
          }
          StoredKey rotated = found(handle, caller, id);
          State before = state(key).and("secret", "the one before");
          tell(handle, caller, key.id(), before, state(rotated).and("secret", "another"));
          return KeyWithSecret.of(rotated, secret);
        });
  }

  private static Set<Permission> permissions(Handle handle, TenantId tenant, StoredKey key) {
    Set<Permission> ofRole = GivenRoles.permissions(handle, tenant, Set.of(key.role()));
    @Nullable List<String> scopes = key.scopes();
    return scopes == null
        ? ofRole
        : ofRole.stream()
            .filter(permission -> scopes.contains(permission.code()))
            .collect(Collectors.toSet());
  }

  void revoke(Caller caller, String id) {
    tenants.inTransaction(
        caller.tenant(),
        handle -> {
          StoredKey key = living(handle, caller, id);
          boolean isRevoked = StoredKeys.revoke(handle, caller.tenant(), key.id());
          if (isRevoked) {
            tell(handle, caller, key.id(), state(key), null);
          }
          return isRevoked;
        });
  }

  /// Nothing of a secret, not even its digest.
  private static State state(StoredKey key) {
    @Nullable List<String> scopes = key.scopes();
    return State.of("name", key.name())
        .and("role", key.role())
        .and("scopes", scopes == null ? null : String.join(" ", scopes))
        .and("expires_at", key.expiresAt())
        .and("previous_until", key.previousUntil());
  }

  private void tell(
      Handle handle, Caller caller, long key, @Nullable State before, @Nullable State after) {
    Subject subject = new Subject("api-key", Long.toString(key));
    trail.add(handle, caller.tenant(), caller.actor(), new Change(subject, before, after));
  }

  private static StoredKey living(Handle handle, Caller caller, String id) {
    StoredKey key = found(handle, caller, id);
    if (key.revokedAt() != null) {
      throw unknown(id);
    }
    return key;
  }

  private static StoredKey found(Handle handle, Caller caller, String id) {
    long number;
    try {
      number = Long.parseLong(id);
    } catch (NumberFormatException e) {
      throw unknown(id);
    }
    return StoredKeys.find(handle, caller.tenant(), number).orElseThrow(() -> unknown(id));
  }

  private static ProblemException unknown(String id) {
    return new ProblemException(ProblemCode.UNKNOWN_KEY, "there is no living key " + id);
  }
}
