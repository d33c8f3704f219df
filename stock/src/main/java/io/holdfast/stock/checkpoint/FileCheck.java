package io.holdfast.stock.checkpoint;

import io.holdfast.stock.Checkpoint;
import io.holdfast.stock.Checkpoint.Statement;
import io.holdfast.stock.StockCheckpoints.CheckedFile;
import io.holdfast.stock.StockVerifier.Difference;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/// Whether an exported file is what was signed: the signature fits the text, and the heads that
/// follow fit the text, too.
final class FileCheck {
  private final Statement statement;
  private final HeadsHash heads = new HeadsHash();
  private final List<Difference> differences = new ArrayList<>();

  FileCheck(Checkpoint checkpoint, Set<PublicKey> trusted) {
    this.statement = checkpoint.statement();
    differences.addAll(new SignatureCheck(trusted).differences(checkpoint));
  }

  void take(Head head) {
    heads.add(head);
  }

  void add(List<Difference> more) {
    differences.addAll(more);
  }

  /// Once all heads were taken.
  CheckedFile result() {
    HexFormat hex = HexFormat.of();
    compare("checkpoint.levels", statement.levels(), heads.levels());
    compare("checkpoint.movements", statement.movements(), heads.movements());
    compare(
        "checkpoint.heads_hash",
        hex.formatHex(statement.headsHash()),
        hex.formatHex(heads.value()));
    return new CheckedFile(statement, differences);
  }

  private void compare(String check, Object stated, Object found) {
    if (!stated.equals(found)) {
      String row = "checkpoint " + statement.number();
      differences.add(new Difference(check, row, stated.toString(), found.toString()));
    }
  }
}
