package io.holdfast.server.keys;

import io.holdfast.server.identity.ApiKey;
import io.holdfast.server.identity.Caller;
import io.holdfast.server.identity.Permission;
import io.holdfast.server.identity.Role;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.keys.KeyBodies.KeyWithSecret;
import io.holdfast.server.keys.KeyBodies.StoredKey;
import io.holdfast.server.keys.KeyBodies.Wanted;
import io.holdfast.server.problem.Problem;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// A tenant's keys. Nobody gets a secret that may do more than they may themselves.
@Singleton
final class Keys {
  private static final int MAX_KEYS = 1_000;

  private final TenantScope tenants;
  private final SecureRandom randomness = new SecureRandom();

  Keys(TenantScope tenants) {
    this.tenants = tenants;
  }

  KeyWithSecret create(Caller caller, Wanted wanted) {
    for (Permission permission : Permission.values()) {
      boolean isGiven =
          permission.isOf(wanted.role())
              && (wanted.scopes() == null || wanted.scopes().contains(permission));
      requireOwn(caller, permission, isGiven);
    }
    ApiKey secret = ApiKey.random(randomness);
    return tenants.inTransaction(
        caller.tenant(),
        handle -> {
          if (StoredKeys.living(handle, caller.tenant()) >= MAX_KEYS) {
            throw new ProblemException(
                ProblemCode.TOO_MANY_KEYS, "there are " + MAX_KEYS + " living keys already");
          }
          return KeyWithSecret.of(StoredKeys.add(handle, caller.tenant(), wanted, secret), secret);
        });
  }

  private static void requireOwn(Caller caller, Permission permission, boolean isGiven) {
    if (isGiven && !caller.may(permission)) {
      throw new ProblemException(Problem.lacking(permission.code()).at("role"));
    }
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
          for (Permission permission : Permission.values()) {
            requireOwn(caller, permission, isOf(permission, key));
          }
          if (!StoredKeys.rotate(handle, caller.tenant(), key.id(), secret, overlapSeconds)) {
            throw unknown(id);
          }
          return KeyWithSecret.of(found(handle, caller, id), secret);
        });
  }

  private static boolean isOf(Permission permission, StoredKey key) {
    @Nullable List<String> scopes = key.scopes();
    return Role.find(key.role()).filter(permission::isOf).isPresent()
        && (scopes == null || scopes.contains(permission.code()));
  }

  void revoke(Caller caller, String id) {
    tenants.inTransaction(
        caller.tenant(),
        handle -> {
          StoredKey key = living(handle, caller, id);
          return StoredKeys.revoke(handle, caller.tenant(), key.id());
        });
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
