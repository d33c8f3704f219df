package io.holdfast.server.start;

import io.holdfast.server.identity.Tenants;
import io.holdfast.stock.Checkpoint;
import io.holdfast.stock.Checkpoint.Statement;
import io.holdfast.stock.StockCheckpoints;
import io.holdfast.stock.TenantId;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Lists, makes and gives out the checkpoints in a database.
final class Checkpoints {
  private final OwnersDatabase database;
  private final Optional<String> onlyTenant;
  private final PrintWriter out;
  private final StockCheckpoints checkpoints = StockCheckpoints.create();

  /// @param onlyTenant its slug; empty: all tenants
  Checkpoints(OwnersDatabase database, Optional<String> onlyTenant, PrintWriter out) {
    this.database = database;
    this.onlyTenant = onlyTenant;
    this.out = out;
  }

  ExitCode list() throws SQLException, IOException {
    return database.with(
        url -> {
          try (Connection connection = Database.connect(url)) {
            for (Map.Entry<String, TenantId> tenant : tenants(url).entrySet()) {
              for (Checkpoint checkpoint : checkpoints.list(connection, tenant.getValue())) {
                print(tenant.getKey(), checkpoint);
              }
            }
          }
          return ExitCode.CLEAN;
        });
  }

  ExitCode create(KeyFiles keys) throws SQLException, IOException {
    return database.with(
        url -> {
          KeyPair key = keys.ensure();
          try (Connection connection = Database.connect(url)) {
            for (Map.Entry<String, TenantId> tenant : tenants(url).entrySet()) {
              Optional<Checkpoint> made = checkpoints.make(connection, tenant.getValue(), key);
              made.ifPresent(checkpoint -> print(tenant.getKey(), checkpoint));
              if (made.isEmpty()) {
                out.println(tenant.getKey() + " | nothing has moved since the last checkpoint");
              }
            }
          }
          out.flush();
          return ExitCode.CLEAN;
        });
  }

  /// @param target empty: standard output
  ExitCode export(long number, Optional<Path> target) throws SQLException, IOException {
    String slug =
        onlyTenant.orElseThrow(() -> new StartFault(ExitCode.USAGE, "--export needs --tenant"));
    return database.with(
        url -> {
          TenantId tenant = tenants(url).values().iterator().next();
          try (Connection connection = Database.connect(url)) {
            requireKnown(checkpoints.list(connection, tenant), slug, number);
            if (target.isPresent()) {
              try (OutputStream file = Files.newOutputStream(target.get());
                  OutputStream buffered = new BufferedOutputStream(file)) {
                checkpoints.export(connection, tenant, number, buffered);
              }
            } else {
              checkpoints.export(connection, tenant, number, System.out);
            }
          }
          return ExitCode.CLEAN;
        });
  }

  /// Before a file is made that nothing would be in.
  private static void requireKnown(List<Checkpoint> known, String slug, long number) {
    if (known.stream().noneMatch(checkpoint -> checkpoint.statement().number() == number)) {
      throw new StartFault(ExitCode.USAGE, slug + " has no checkpoint " + number);
    }
  }

  private Map<String, TenantId> tenants(DatabaseUrl url) {
    try (Handle owner = Jdbi.create(() -> Database.connect(url)).open()) {
      Map<String, TenantId> tenants = new LinkedHashMap<>();
      if (onlyTenant.isPresent()) {
        String slug = onlyTenant.get();
        TenantId found =
            Tenants.find(owner, slug)
                .orElseThrow(
                    () -> new StartFault(ExitCode.USAGE, "--tenant: nobody is named " + slug));
        tenants.put(slug, found);
      } else {
        Tenants.all(owner)
            .forEach(tenant -> tenants.put(Tenants.known(owner, tenant).slug(), tenant));
      }
      return tenants;
    }
  }

  private void print(String slug, Checkpoint checkpoint) {
    Statement statement = checkpoint.statement();
    out.printf(
        "%s | %d | %s | %d levels | %d movements | key %s%n",
        slug,
        statement.number(),
        statement.madeAt(),
        statement.levels(),
        statement.movements(),
        statement.keyId());
    out.flush();
  }
}
