package io.holdfast.proof.prove;

import io.holdfast.proof.http.Endpoint;
import io.holdfast.proof.shop.Interface;
import io.holdfast.proof.shop.Nodes;
import java.util.List;

/// A running shop: the addresses of its nodes, and a key that may buy there.
public record Target(Interface kind, String credential, List<String> urls) {
  public Target {
    urls = List.copyOf(urls);
  }

  List<Endpoint> endpoints() {
    return urls.stream().map(Endpoint::of).toList();
  }

  Nodes nodes() {
    return new Nodes(endpoints(), credential);
  }
}
