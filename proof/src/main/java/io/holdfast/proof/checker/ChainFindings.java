package io.holdfast.proof.checker;

import java.util.List;

/// What recomputing the ledger's hash chains gave.
public sealed interface ChainFindings {
  record Intact() implements ChainFindings {}

  record Broken(List<String> differences) implements ChainFindings {
    public Broken {
      differences = List.copyOf(differences);
    }
  }

  record NotRecomputed(String why) implements ChainFindings {}
}
