package io.holdfast.proof.checker;

import java.util.ArrayList;
import java.util.List;

/// I5: the ledger adds up to the stock, its chains verify, and nobody can edit it.
record LedgerEqualsStock() implements Check {

  @Override
  public Invariant invariant() {
    return Invariant.I5;
  }

  @Override
  public Verdict judge(Evidence evidence, Claims claims) {
    return Verdict.all(sums(evidence.rows()), chains(evidence.chains()));
  }

  private static Verdict sums(RowFindings rows) {
    return switch (rows) {
      case RowFindings.Asked asked -> {
        List<String> found = new ArrayList<>(asked.unbalanced());
        asked.unguarded().stream().filter(row -> row.startsWith("ledger")).forEach(found::add);
        yield Verdict.of("sums in " + asked.snapshots() + " snapshots, ledger immutable", found);
      }
      case RowFindings.NotAsked not -> new Verdict.NotChecked("rows: " + not.why());
    };
  }

  private static Verdict chains(ChainFindings chains) {
    return switch (chains) {
      case ChainFindings.Intact _ -> new Verdict.Held("hash chains");
      case ChainFindings.Broken broken -> new Verdict.Violated(broken.differences());
      case ChainFindings.NotRecomputed not -> new Verdict.NotChecked("hash chains: " + not.why());
    };
  }
}
