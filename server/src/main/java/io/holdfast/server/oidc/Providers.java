package io.holdfast.server.oidc;

import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The providers that a node knows, one for a tenant at most.
public final class Providers implements AutoCloseable {
  private static final PublicAddress NOWHERE = PublicAddress.parse("http://localhost");

  private final Map<String, Provider> byTenant;
  private final PublicAddress address;
  private final @Nullable HttpClient client;

  private Providers(
      Map<String, Provider> byTenant, PublicAddress address, @Nullable HttpClient client) {
    this.byTenant = Map.copyOf(byTenant);
    this.address = address;
    this.client = client;
  }

  /// Nobody logs in elsewhere, so nobody is sent back.
  public static Providers none() {
    return new Providers(Map.of(), NOWHERE, null);
  }

  /// Asks nobody yet.
  public static Providers open(
      List<ProviderEntry> entries,
      PublicAddress address,
      InstantSource clock,
      LongSupplier nanoClock) {
    HttpClient client = ProviderCalls.newClient();
    Map<String, Provider> byTenant = new HashMap<>();
    for (ProviderEntry entry : entries) {
      // Each with limits of its own: a slow one delays nobody else's people.
      ProviderCalls calls = new ProviderCalls(client, ProviderCalls.MAX_WAIT);
      byTenant.put(entry.tenantSlug(), new Provider(entry, address, calls, clock, nanoClock));
    }
    return new Providers(byTenant, address, client);
  }

  Optional<Provider> of(String tenantSlug) {
    return Optional.ofNullable(byTenant.get(tenantSlug));
  }

  /// What people know the provider of a tenant by; empty: it has none.
  Optional<String> nameFor(String tenantSlug) {
    return of(tenantSlug).map(Provider::name);
  }

  /// Where browsers reach the nodes.
  PublicAddress address() {
    return address;
  }

  @Override
  public void close() {
    if (client != null) {
      client.shutdownNow();
    }
  }
}
