package io.holdfast.proof.bench;

import java.util.List;

/// What a load process is told. It goes by standard input, because it holds the credential.
///
/// @param skus reserved one unit at a time, in turn; none: the route without database
public record LoadJob(
    String url,
    String credential,
    List<String> skus,
    int connections,
    int warmUpMillis,
    int measuredMillis) {

  public LoadJob {
    skus = List.copyOf(skus);
  }
}
