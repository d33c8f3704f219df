package io.holdfast.server.identity;

import io.holdfast.stock.Actor;
import io.holdfast.stock.Customer;
import java.util.UUID;

/// What asks, within its tenant.
public sealed interface Subject {

  /// As ledger and audit trail name it.
  Actor actor();

  /// As whom it reserves and buys for itself. No shop should call a customer of its own so.
  Customer customer();

  /// A program that was given a key.
  record Key(long id) implements Subject {
    @Override
    public Actor actor() {
      return new Actor("api-key " + id);
    }

    @Override
    public Customer customer() {
      return new Customer("api-key:" + id);
    }
  }

  /// A person who has logged in.
  record User(long id, UUID session) implements Subject {
    @Override
    public Actor actor() {
      return actor(id);
    }

    /// In every session the same.
    @Override
    public Customer customer() {
      return new Customer("user:" + id);
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

    @Override
    public Customer customer() {
      return new Customer("machine:" + keyId);
    }
  }
}
