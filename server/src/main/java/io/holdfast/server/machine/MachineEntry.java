package io.holdfast.server.machine;

import io.holdfast.server.identity.RoleName;
import io.holdfast.server.origin.Network;
import io.holdfast.stock.TenantId;
import java.util.List;

/// A machine as a line of the node's file describes it; whether there is such a tenant, the file
/// does not know.
///
/// @param line counted from 1
public record MachineEntry(
    int line,
    String keyId,
    String tenantSlug,
    RoleName role,
    List<Network> networks,
    List<Secret> secrets) {

  public MachineEntry {
    networks = List.copyOf(networks);
    secrets = List.copyOf(secrets);
  }

  Machine of(TenantId tenant) {
    return new Machine(keyId, tenantSlug, tenant, role, secrets, networks);
  }
}
