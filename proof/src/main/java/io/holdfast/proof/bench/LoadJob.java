package io.holdfast.proof.bench;

import java.util.List;

/// What a load process is told. It goes by standard input, because it holds the credential.
///
/// @param urls of the nodes, which get the connections in turn
/// @param skus reserved one unit at a time, in turn; none: the route without database
public record LoadJob(
    List<String> urls,
    String credential,
    List<String> skus,
    int connections,
    int warmUpMillis,
    int measuredMillis) {

  public LoadJob {
    urls = List.copyOf(urls);
    skus = List.copyOf(skus);
  }
}
