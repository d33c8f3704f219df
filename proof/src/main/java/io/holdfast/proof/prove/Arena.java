package io.holdfast.proof.prove;

import io.holdfast.proof.checker.ChainFindings;
import io.holdfast.proof.node.Fleet;
import io.holdfast.proof.node.Node;
import io.holdfast.proof.rows.Database;
import io.holdfast.proof.shop.Interface;
import io.holdfast.proof.till.Till;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Where runs take place: our own nodes, or a shop that somebody else runs.
public interface Arena extends AutoCloseable {

  /// As the report names it.
  String name();

  Interface kind();

  /// The shop with so many nodes, if it is up to us how many it has.
  Target target(int nodes) throws IOException;

  /// Its database, if it may be asked.
  Optional<Database> database();

  /// Where its nodes take money, if it is up to us.
  Optional<Till> till() throws IOException;

  /// A node that may be killed.
  Optional<Node> victim();

  /// All of it, if it is ours to break.
  Optional<Fleet> breakable();

  /// What recomputing its database gives now; before the first run, too.
  ChainFindings verify() throws IOException, InterruptedException;

  @Override
  void close();

  /// Somebody's shop, as it stands.
  static Arena of(Target target, Optional<Database> database) {
    return new GivenArena(target, database);
  }

  /// The addresses of a shop with that many nodes.
  static List<String> urls(List<Node> nodes, int count) {
    return nodes.stream().limit(count).map(Node::url).toList();
  }
}
