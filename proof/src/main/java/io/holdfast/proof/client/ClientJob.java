package io.holdfast.proof.client;

import io.holdfast.proof.shop.Interface;
import io.holdfast.proof.workload.Script;
import java.util.List;

/// What one client process is told before it starts. It goes by standard input, never by the
/// command line, because it holds the credential.
///
/// @param reservations that were there before, each of the customer with its number
public record ClientJob(
    int process,
    String run,
    Interface kind,
    String credential,
    List<String> targets,
    List<String> skus,
    List<String> reservations,
    List<Script> scripts,
    int attemptMillis,
    int patienceMillis) {

  public ClientJob {
    targets = List.copyOf(targets);
    skus = List.copyOf(skus);
    reservations = List.copyOf(reservations);
    scripts = List.copyOf(scripts);
  }

  /// The customer with that number.
  public String customer(int number) {
    return customer(run, number);
  }

  public static String customer(String run, int number) {
    return run + "-customer-" + number;
  }
}
