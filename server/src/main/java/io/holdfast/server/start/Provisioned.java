package io.holdfast.server.start;

import io.holdfast.server.demo.Demonstration;
import io.holdfast.server.identity.ApiKey;
import io.holdfast.server.identity.Credentials;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.identity.Tenants;
import io.holdfast.server.trail.Trail;
import io.holdfast.stock.StockEngine;
import io.holdfast.stock.TenantId;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// The tenants that this node was asked to have, made unless they were there.
///
/// @param keys by the tenant's slug: the demonstration's and those of the tenants asked for
record Provisioned(Demonstration demonstration, Map<String, ApiKey> keys) {

  static Provisioned ensure(
      ServeOptions options, Database database, TenantScope tenants, StockEngine engine, Trail trail)
      throws IOException, SQLException {
    if (!options.withDemonstration() && options.tenants().isEmpty()) {
      return new Provisioned(Demonstration.none(), Map.of());
    }
    Credentials credentials =
        Credentials.read(options.dataFolder().resolve("credentials"), new SecureRandom());
    try (Handle owner = Jdbi.create(database.connect()).open()) {
      Demonstration demonstration =
          options.withDemonstration()
              ? Demonstration.ensure(
                  owner, tenants, engine, trail, credentials, options.isForThisMachine())
              : Demonstration.none();
      Map<String, ApiKey> keys = new LinkedHashMap<>(demonstration.keys());
      for (String slug : options.tenants()) {
        keys.put(slug, key(owner, slug, credentials));
      }
      return new Provisioned(demonstration, keys);
    }
  }

  private static ApiKey key(Handle owner, String slug, Credentials credentials)
      throws IOException, SQLException {
    TenantId tenant = owner.inTransaction(handle -> Tenants.ensure(handle, slug, slug));
    return owner.inTransaction(handle -> credentials.ensure(handle, slug, tenant));
  }
}
