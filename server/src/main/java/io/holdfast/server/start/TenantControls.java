package io.holdfast.server.start;

import io.holdfast.server.identity.Tenants;
import io.holdfast.stock.Control;
import io.holdfast.stock.TenantId;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// The controls of single tenants, by their ids: the engine is told before it is opened.
final class TenantControls {
  private TenantControls() {}

  static Map<TenantId, Control> of(ServeOptions options, Database database) throws SQLException {
    if (options.tenantControls().isEmpty()) {
      return Map.of();
    }
    Map<TenantId, Control> controls = new HashMap<>();
    try (Handle owner = Jdbi.create(database.connect()).open()) {
      for (Map.Entry<String, Control> chosen : options.tenantControls().entrySet()) {
        controls.put(tenant(options, owner, chosen.getKey()), chosen.getValue());
      }
    }
    return controls;
  }

  /// One that was asked for, too, is made here already.
  private static TenantId tenant(ServeOptions options, Handle owner, String slug)
      throws SQLException {
    if (options.tenants().contains(slug)) {
      return owner.inTransaction(handle -> Tenants.ensure(handle, slug, slug));
    }
    return Tenants.find(owner, slug)
        .orElseThrow(
            () ->
                new StartFault(
                    ExitCode.USAGE,
                    "--tenant-control: there is no tenant "
                        + slug
                        + " yet; --tenant "
                        + slug
                        + " makes it"));
  }
}
