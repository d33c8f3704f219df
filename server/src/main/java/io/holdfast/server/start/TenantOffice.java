package io.holdfast.server.start;

import io.holdfast.server.account.OwnerInvitations;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.identity.Tenants;
import io.holdfast.server.identity.Tenants.Known;
import io.holdfast.server.identity.Tenants.Status;
import io.holdfast.server.origin.RequestOrigin;
import io.holdfast.server.trail.Change;
import io.holdfast.server.trail.State;
import io.holdfast.server.trail.Subject;
import io.holdfast.server.trail.Trail;
import io.holdfast.server.trail.TrailMetrics;
import io.holdfast.stock.Actor;
import io.holdfast.stock.TenantId;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.InstantSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Where tenants are made and ended, by the owner's login.
final class TenantOffice {
  private static final Actor OPERATOR = new Actor("operator");

  private final Trail trail = new Trail(new TrailMetrics(InstantSource.system()));
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
          invite(owner, owner.inTransaction(handle -> made(handle, slug, name)));
        });
  }

  private TenantId made(Handle owner, String slug, String name) throws SQLException {
    TenantId made = Tenants.ensure(owner, slug, name);
    tell(owner, made, "tenant create", null, State.of("status", Status.ACTIVE.code()));
    return made;
  }

  ExitCode invite(String slug) throws SQLException, IOException {
    return with(owner -> invite(owner, found(owner, slug)));
  }

  /// The token goes to standard output alone, so that a script can take it.
  private void invite(Handle owner, TenantId tenant) {
    String token =
        owner.inTransaction(
            handle -> {
              tell(handle, tenant, "tenant invite", null, State.of("invited", "an owner"));
              return OwnerInvitations.invite(handle, tenant, new SecureRandom());
            });
    out.println(token);
  }

  ExitCode become(String slug, Status status) throws SQLException, IOException {
    return with(
        owner -> {
          TenantId tenant = found(owner, slug);
          if (!owner.inTransaction(handle -> became(handle, tenant, status))) {
            throw new StartFault(ExitCode.USAGE, slug + " is closed, and stays so");
          }
          out.println(slug + " is " + status.code());
        });
  }

  private boolean became(Handle owner, TenantId tenant, Status status) {
    State before = State.of("status", Tenants.known(owner, tenant).status());
    boolean isDone = Tenants.become(owner, tenant, status);
    if (isDone) {
      tell(owner, tenant, "tenant status", before, State.of("status", status.code()));
    }
    return isDone;
  }

  private void tell(
      Handle owner,
      TenantId tenant,
      String operation,
      @Nullable State before,
      @Nullable State after) {
    TenantScope.set(owner, tenant);
    RequestOrigin origin = RequestOrigin.ofNode();
    origin.asksFor(operation);
    trail.add(owner, tenant, OPERATOR, origin, new Change(Subject.only("tenant"), before, after));
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
