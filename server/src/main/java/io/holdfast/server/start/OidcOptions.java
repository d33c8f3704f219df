package io.holdfast.server.start;

import io.holdfast.server.identity.Tenants;
import io.holdfast.server.oidc.ProviderEntry;
import io.holdfast.server.oidc.Providers;
import io.holdfast.server.oidc.PublicAddress;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// The providers that `serve` was told of, and where their people are sent back to.
record OidcOptions(Path file, PublicAddress address, List<ProviderEntry> providers) {
  OidcOptions {
    providers = List.copyOf(providers);
  }

  /// Ends the start if a provider is for a tenant that there is not.
  Providers open(Database database) throws SQLException {
    try (Handle owner = Jdbi.create(database.connect()).open()) {
      List<String> unknown =
          providers.stream()
              .filter(provider -> Tenants.find(owner, provider.tenantSlug()).isEmpty())
              .map(provider -> "line " + provider.line() + ": there is no such tenant")
              .toList();
      if (!unknown.isEmpty()) {
        throw new StartFault(
            ExitCode.USAGE, file + " can't be used:\n  " + String.join("\n  ", unknown));
      }
    }
    return Providers.open(providers, address, InstantSource.system(), System::nanoTime);
  }
}
