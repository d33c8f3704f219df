package io.holdfast.server.identity;

import io.holdfast.stock.Actor;
import java.util.UUID;

/// What asks, within its tenant.
public sealed interface Subject {

  /// As ledger and audit trail name it.
  Actor actor();

  /// A program that was given a key.
  record Key(long id) implements Subject {
    @Override
    public Actor actor() {
      return new Actor("api-key " + id);
    }
  }

  /// A person who has logged in.
  record User(long id, UUID session) implements Subject {
    @Override
    public Actor actor() {
      return actor(id);
    }

    /// Of somebody who has no session yet, or none any more.
    public static Actor actor(long id) {
      return new Actor("user " + id);
    }
  }

  /// A program that signs its requests.
  record Machine(String keyId) implements Subject {
    @Override
    public Actor actor() {
      return new Actor("machine " + keyId);
    }
  }
}
