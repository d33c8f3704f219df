package io.holdfast.proof.registration;

import io.holdfast.proof.http.Connection;
import io.holdfast.proof.http.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Everybody connects, then all register at one moment; afterwards it is looked at who has what.
public final class Rush {

  private final List<Name> names;
  private final Claimant.Door door;
  private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();

  /// @param run in ASCII, and part of each name
  public Rush(List<Endpoint> nodes, String tenant, String run) {
    this.names = Name.fresh(run);
    this.door = new Claimant.Door(List.copyOf(nodes), tenant, run);
  }

  public List<Name> names() {
    return names;
  }

  /// What is wrong with the accounts that are left behind.
  public List<String> wrong(List<AccountRow> rows) {
    return AccountRow.wrong(names, rows);
  }

  public List<Attempt> run() throws Exception {
    List<Claimant> claimants = claimants();
    CountDownLatch start = new CountDownLatch(1);
    CountDownLatch connected = new CountDownLatch(claimants.size());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> claims = new ArrayList<>();
      for (Claimant claimant : claimants) {
        claims.add(
            threads.submit(
                () -> {
                  Connection connection;
                  try {
                    connection = claimant.connect();
                  } finally {
                    connected.countDown();
                  }
                  start.await();
                  claimant.claim(connection);
                  return null;
                }));
      }
      connected.await();
      start.countDown();
      for (Future<?> claim : claims) {
        claim.get();
      }
    }
    lookAround(claimants);
    return List.copyOf(attempts);
  }

  private List<Claimant> claimants() {
    List<Claimant> claimants = new ArrayList<>();
    for (int name = 0; name < names.size(); name++) {
      for (int i = 0; i < names.get(name).claimants(); i++) {
        String spelling = names.get(name).spelling(i / door.nodes().size());
        claimants.add(new Claimant(door, name, spelling, claimants.size(), attempts));
      }
    }
    return claimants;
  }

  /// Two who were refused try their passwords, and somebody new wants the name.
  private void lookAround(List<Claimant> claimants) throws Exception {
    for (int name = 0; name < names.size(); name++) {
      int wanted = name;
      claimants.stream()
          .filter(each -> each.name() == wanted && !isRegistered(each.number()))
          .limit(2)
          .forEach(Claimant::logIn);
      Claimant late =
          new Claimant(
              door, name, names.get(name).spelling(name), claimants.size() + name, attempts);
      late.claim(late.connect());
    }
  }

  private boolean isRegistered(int claimant) {
    return attempts.stream().anyMatch(each -> each.claimant() == claimant && each.status() == 201);
  }
}
