package io.holdfast.proof.client;

import io.holdfast.proof.shop.Interface;
import io.holdfast.proof.workload.Script;
import java.util.List;

/// What one client process is told before it starts. It goes by standard input, never by the
/// command line, because it holds the credential.
public record ClientJob(
    int process,
    String run,
    Interface kind,
    String credential,
    List<String> targets,
    List<String> skus,
    List<Script> scripts,
    int attemptMillis,
    int patienceMillis) {

  public ClientJob {
    targets = List.copyOf(targets);
    skus = List.copyOf(skus);
    scripts = List.copyOf(scripts);
  }
}
