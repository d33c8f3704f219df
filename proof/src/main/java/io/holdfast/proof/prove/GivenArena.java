package io.holdfast.proof.prove;

import io.holdfast.proof.checker.ChainFindings;
import io.holdfast.proof.node.Fleet;
import io.holdfast.proof.node.Install;
import io.holdfast.proof.node.Node;
import io.holdfast.proof.rows.Database;
import io.holdfast.proof.shop.Interface;
import io.holdfast.proof.till.Till;
import java.io.IOException;
import java.util.Optional;

/// A shop that runs already, and goes on afterwards.
record GivenArena(Target target, Optional<Database> database) implements Arena {

  @Override
  public String name() {
    return target.urls().getFirst();
  }

  @Override
  public Interface kind() {
    return target.kind();
  }

  @Override
  public Target target(int nodes) {
    return target;
  }

  @Override
  public Optional<Till> till() {
    return Optional.empty();
  }

  @Override
  public Optional<Node> victim() {
    return Optional.empty();
  }

  @Override
  public Optional<Fleet> breakable() {
    return Optional.empty();
  }

  @Override
  public ChainFindings verify() throws IOException, InterruptedException {
    Optional<Install> install = Install.find();
    if (database.isEmpty()) {
      return new ChainFindings.NotRecomputed("no --db-url");
    }
    return install.isPresent()
        ? install.get().verify(database.get().url())
        : new ChainFindings.NotRecomputed("no built server to recompute them with");
  }

  @Override
  public void close() {
    // It was there before.
  }
}
