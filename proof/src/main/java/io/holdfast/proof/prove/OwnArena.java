package io.holdfast.proof.prove;

import io.holdfast.proof.checker.ChainFindings;
import io.holdfast.proof.node.Fleet;
import io.holdfast.proof.node.Install;
import io.holdfast.proof.node.Node;
import io.holdfast.proof.rows.Database;
import io.holdfast.proof.shop.Interface;
import io.holdfast.proof.till.Till;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Nodes of our own on a database of our own, under one concurrency control.
final class OwnArena implements Arena {

  /// Tenants of the demonstration: the one has an ordinary shop, the other the plain routes.
  static final String SHOP = "warehouse";

  private static final String PLAIN_SHOP = "ticket-office";

  private final Install install;
  private final Interface kind;
  private final String control;
  private final Fleet fleet;

  private OwnArena(Install install, Interface kind, String control, Fleet fleet) {
    this.install = install;
    this.kind = kind;
    this.control = control;
    this.fleet = fleet;
  }

  static OwnArena open(Install install, Interface kind, String control) throws IOException {
    return new OwnArena(install, kind, control, Fleet.open(install, control));
  }

  static OwnArena openBreakable(Install install, Interface kind, String control)
      throws IOException {
    return new OwnArena(install, kind, control, Fleet.openBreakable(install, control));
  }

  @Override
  public String name() {
    return control;
  }

  @Override
  public Interface kind() {
    return kind;
  }

  @Override
  public Target target(int nodes) throws IOException {
    fleet.grow(nodes);
    List<Node> running = fleet.nodes();
    String tenant = kind == Interface.V1 ? SHOP : PLAIN_SHOP;
    return new Target(kind, running.getFirst().key(tenant), Arena.urls(running, nodes));
  }

  @Override
  public Optional<Database> database() {
    return Optional.of(new Database(fleet.superuserUrl()));
  }

  @Override
  public Optional<Till> till() {
    return Optional.of(fleet.till());
  }

  @Override
  public Optional<Node> victim() {
    return Optional.of(fleet.nodes().getFirst());
  }

  @Override
  public Optional<Fleet> breakable() {
    return Optional.of(fleet).filter(each -> each.way().isPresent());
  }

  /// A database in which no node has been yet is empty.
  @Override
  public ChainFindings verify() throws IOException, InterruptedException {
    return fleet.nodes().isEmpty() ? new ChainFindings.Intact() : install.verify(fleet.ownerUrl());
  }

  @Override
  public void close() {
    fleet.close();
  }
}
