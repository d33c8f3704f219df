package io.holdfast.server.machine;

import io.holdfast.stock.TenantId;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The machines that a node knows, and whether one of them has signed a request.
public final class Machines {
  private final Map<String, Machine> machines;
  private final InstantSource clock;
  private final Secret decoy;

  Machines(List<Machine> known, InstantSource clock, SecureRandom randomness) {
    Map<String, Machine> byKeyId = new HashMap<>();
    known.forEach(machine -> byKeyId.put(machine.keyId(), machine));
    this.machines = Map.copyOf(byKeyId);
    this.clock = clock;
    this.decoy = Secret.random(randomness);
  }

  /// @param tenants of all entries, by their slugs
  /// @param clock of this node
  public static Machines of(
      List<MachineEntry> entries, Map<String, TenantId> tenants, InstantSource clock) {
    return new Machines(
        entries.stream()
            .map(entry -> entry.of(Objects.requireNonNull(tenants.get(entry.tenantSlug()))))
            .toList(),
        clock,
        new SecureRandom());
  }

  /// The machine that has signed a request, as far as that can be told without its body.
  ///
  /// Two signatures are always computed, also for a machine with one secret and for one that there
  /// is not: how long it takes says nothing about which key ids there are and which secret it was.
  Machine signerOf(SignedRequest request, InetAddress from) {
    Tolerance.require(request, clock.instant());
    Machine machine = machines.get(request.keyId());
    byte[] text = request.signedText();
    boolean isByFirst = secret(machine, 0).hasSigned(text, request.signature());
    boolean isBySecond = secret(machine, 1).hasSigned(text, request.signature());
    if (machine == null) {
      throw SignatureRefused.of(RefusedFor.KEY_ID);
    }
    if (!isByFirst && !isBySecond) {
      throw SignatureRefused.of(RefusedFor.SIGNATURE);
    }
    if (!machine.mayAskFrom(from)) {
      throw SignatureRefused.of(RefusedFor.NETWORK);
    }
    return machine;
  }

  private Secret secret(@Nullable Machine machine, int number) {
    return machine == null || machine.secrets().size() <= number
        ? decoy
        : machine.secrets().get(number);
  }
}
