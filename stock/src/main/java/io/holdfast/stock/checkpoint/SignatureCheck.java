package io.holdfast.stock.checkpoint;

import io.holdfast.stock.Checkpoint;
import io.holdfast.stock.Checkpoint.Statement;
import io.holdfast.stock.StockVerifier.Difference;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Whether a checkpoint is signed by the key that it names, and whether that is one to be trusted.
final class SignatureCheck {
  private final Set<String> trustedKeyIds;

  /// @param trusted empty: any key may have signed
  SignatureCheck(Set<PublicKey> trusted) {
    this.trustedKeyIds =
        trusted.stream()
            .map(key -> Signing.keyId(key.getEncoded()))
            .collect(Collectors.toUnmodifiableSet());
  }

  List<Difference> differences(Checkpoint checkpoint) {
    List<Difference> differences = new ArrayList<>();
    Statement statement = checkpoint.statement();
    String row = "checkpoint " + statement.number();
    String keyId = Signing.keyId(checkpoint.publicKey());
    if (!keyId.equals(statement.keyId())) {
      differences.add(new Difference("checkpoint.key", row, statement.keyId(), keyId));
    }
    if (!trustedKeyIds.isEmpty() && !trustedKeyIds.contains(keyId)) {
      String trusted = trustedKeyIds.stream().sorted().collect(Collectors.joining(" or "));
      differences.add(new Difference("checkpoint is signed by a trusted key", row, trusted, keyId));
    }
    if (!Signing.isSigned(
        checkpoint.publicKey(), SignedText.of(statement), checkpoint.signature())) {
      differences.add(
          new Difference("checkpoint.signature", row, "that of what is stated", "another"));
    }
    return differences;
  }
}
