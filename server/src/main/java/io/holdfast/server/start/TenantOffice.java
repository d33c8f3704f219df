package io.holdfast.server.start;

import io.holdfast.server.account.OwnerInvitations;
import io.holdfast.server.identity.Tenants;
import io.holdfast.server.identity.Tenants.Known;
import io.holdfast.server.identity.Tenants.Status;
import io.holdfast.stock.TenantId;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Where tenants are made and ended, by the owner's login.
final class TenantOffice {
  private final OwnersDatabase database;
  private final PrintWriter out;

  TenantOffice(OwnersDatabase database, PrintWriter out) {
    this.database = database;
    this.out = out;
  }

  private interface Work {
    void on(Handle owner) throws SQLException;
  }

  ExitCode list() throws SQLException, IOException {
    return with(
        owner -> {
          for (TenantId tenant : Tenants.all(owner)) {
            Known known = Tenants.known(owner, tenant);
            out.printf(
                "%s | %s | %s | %s%n",
                known.slug(), known.status(), known.createdAt(), known.name());
          }
        });
  }

  ExitCode create(String slug, String name) throws SQLException, IOException {
    return with(
        owner -> {
          if (Tenants.find(owner, slug).isPresent()) {
            throw new StartFault(ExitCode.USAGE, "there is a tenant named " + slug + " already");
          }
          TenantId made = owner.inTransaction(handle -> Tenants.ensure(handle, slug, name));
          invite(owner, made);
        });
  }

  ExitCode invite(String slug) throws SQLException, IOException {
    return with(owner -> invite(owner, found(owner, slug)));
  }

  /// The token goes to standard output alone, so that a script can take it.
  private void invite(Handle owner, TenantId tenant) {
    out.println(OwnerInvitations.invite(owner, tenant, new SecureRandom()));
  }

  ExitCode become(String slug, Status status) throws SQLException, IOException {
    return with(
        owner -> {
          if (!Tenants.become(owner, found(owner, slug), status)) {
            throw new StartFault(ExitCode.USAGE, slug + " is closed, and stays so");
          }
          out.println(slug + " is " + status.code());
        });
  }

  private static TenantId found(Handle owner, String slug) {
    return Tenants.find(owner, slug)
        .orElseThrow(() -> new StartFault(ExitCode.USAGE, "there is no tenant named " + slug));
  }

  private ExitCode with(Work work) throws SQLException, IOException {
    return database.with(
        url -> {
          Migrations.migrate(url);
          try (Handle owner = Jdbi.create(() -> Database.connect(url)).open()) {
            work.on(owner);
          }
          out.flush();
          return ExitCode.CLEAN;
        });
  }
}
