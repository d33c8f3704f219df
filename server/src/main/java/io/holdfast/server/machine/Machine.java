package io.holdfast.server.machine;

import io.holdfast.server.identity.Caller;
import io.holdfast.server.origin.Network;
import java.net.InetAddress;
import java.util.List;

/// A program that signs its requests.
///
/// @param keyId what it calls itself
/// @param tenantSlug by which its tenant is looked up again at each request
/// @param caller who it is once a request is proven to be its own
/// @param secrets one, or two while one replaces the other
/// @param networks from where it may ask
record Machine(
    String keyId, String tenantSlug, Caller caller, List<Secret> secrets, List<Network> networks) {

  Machine {
    secrets = List.copyOf(secrets);
    networks = List.copyOf(networks);
  }

  boolean mayAskFrom(InetAddress address) {
    return networks.stream().anyMatch(network -> network.contains(address));
  }
}
