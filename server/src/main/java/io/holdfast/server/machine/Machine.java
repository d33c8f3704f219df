package io.holdfast.server.machine;

import io.holdfast.server.identity.Caller;
import io.holdfast.server.identity.Permission;
import io.holdfast.server.identity.RoleName;
import io.holdfast.server.origin.Network;
import io.holdfast.stock.TenantId;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;

/// A program that signs its requests.
///
/// @param keyId what it calls itself
/// @param tenantSlug by which its tenant is looked up again at each request
/// @param role what it may do: that of every tenant, or one of the tenant's own as it is then
/// @param secrets one, or two while one replaces the other
/// @param networks from where it may ask
record Machine(
    String keyId,
    String tenantSlug,
    TenantId tenant,
    RoleName role,
    List<Secret> secrets,
    List<Network> networks) {

  Machine {
    secrets = List.copyOf(secrets);
    networks = List.copyOf(networks);
  }

  /// Who it is once a request is proven to be its own.
  ///
  /// @param permissions that its role gives
  Caller caller(Set<Permission> permissions) {
    return Caller.ofMachine(tenant, keyId, permissions);
  }

  boolean mayAskFrom(InetAddress address) {
    return networks.stream().anyMatch(network -> network.contains(address));
  }
}
