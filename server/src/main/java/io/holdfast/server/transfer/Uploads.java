package io.holdfast.server.transfer;

import io.holdfast.server.identity.Caller;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.once.GivenAnswer;
import io.holdfast.server.once.OncePerKey;
import io.holdfast.server.origin.RequestOrigin;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;
import io.holdfast.server.transfer.Imports.Asker;
import io.holdfast.server.transfer.Imports.Step;
import io.holdfast.server.transfer.StoredImport.Place;
import io.holdfast.stock.IdempotencyKey;
import io.holdfast.stock.TenantId;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Files that come in. An import is there for others once the whole of its file is.
@Singleton
final class Uploads {
  static final int MAX_OPEN = 10;

  private static final Logger LOG = Logger.getLogger(Uploads.class);

  private final TenantScope tenants;
  private final OncePerKey once;

  Uploads(TenantScope tenants, OncePerKey once) {
    this.tenants = tenants;
    this.once = once;
  }

  /// The file is read before the key is looked for, since it says which request this is.
  Response take(Caller caller, ImportOrder order, InputStream body, @Nullable IdempotencyKey key)
      throws SQLException {
    long id = begin(caller, order);
    boolean isKept = false;
    try {
      FileBytes bytes = new FileBytes(body);
      read(caller.tenant(), id, order, bytes);
      String asked = order + "\n" + bytes.sha256();
      Response answer =
          once.answer(
              new OncePerKey.Asked(caller, "create-import", asked, key, ImportBodies.subject(id)),
              handle -> received(handle, caller.tenant(), id));
      isKept = !GivenAnswer.isReplayed(answer);
      return answer;
    } finally {
      if (!isKept) {
        abandon(caller.tenant(), id);
      }
    }
  }

  private long begin(Caller caller, ImportOrder order) {
    RequestOrigin origin = RequestOrigin.ofRequest();
    Asker asker = new Asker(caller.actor().name(), origin.id(), origin.address());
    TenantId tenant = caller.tenant();
    return tenants
        .inTransaction(tenant, handle -> Imports.add(handle, tenant, order, asker, MAX_OPEN))
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemCode.TOO_MANY_IMPORTS,
                    "it has " + MAX_OPEN + "; end one, or wait until one is done"));
  }

  private void read(TenantId tenant, long id, ImportOrder order, FileBytes bytes) {
    try {
      readLines(tenant, id, order, bytes);
    } catch (FileBytes.TooMany e) {
      throw tooLarge("a file has at most " + FileBytes.MAX_BYTES + " bytes");
    } catch (Upload.TooManyLines e) {
      throw tooLarge(String.valueOf(e.getMessage()));
    } catch (UnreadableFile e) {
      throw new ProblemException(ProblemCode.UNREADABLE_FILE, e.message());
    } catch (IOException e) {
      LOG.debug("a file did not come to its end", e);
      throw new ProblemException(
          ProblemCode.INVALID_REQUEST, "the file did not come to its end; nothing of it is kept");
    }
  }

  private void readLines(TenantId tenant, long id, ImportOrder order, FileBytes bytes)
      throws IOException, UnreadableFile, Upload.TooManyLines {
    try {
      FileLines lines = FileLines.of(order.format(), order.kind(), new FileText(bytes));
      new Upload(tenants, tenant, id, order).take(lines);
    } catch (UnreadableFile | Upload.TooManyLines e) {
      bytes.readRest();
      throw e;
    }
  }

  private static ProblemException tooLarge(String detail) {
    return new ProblemException(ProblemCode.TOO_LARGE, detail);
  }

  private static OncePerKey.Done received(Handle handle, TenantId tenant, long id) {
    StoredImport before =
        Imports.lock(handle, tenant, id)
            .filter(found -> found.state() == ImportState.UPLOADING)
            .orElseThrow(
                () ->
                    new ProblemException(ProblemCode.IMPORT_ENDED, "import " + id + " has ended"));
    Imports.move(handle, before, Step.to(ImportState.WAITING, before.counts(), Place.BEGINNING));
    StoredImport after = Imports.find(handle, tenant, id).orElseThrow();
    GivenAnswer answer = GivenAnswer.accepted("/v1/imports/" + id, ImportBodies.Import.of(after));
    return new OncePerKey.Done(
        answer, null, ImportBodies.told(after, after.state(), after.counts()));
  }

  /// The housekeeping takes it away, now or, if that can't be said, in an hour.
  private void abandon(TenantId tenant, long id) {
    try {
      tenants.inTransaction(
          tenant,
          handle -> {
            Imports.abandon(handle, tenant, id);
            return true;
          });
    } catch (RuntimeException e) {
      LOG.warn("What was taken of a file goes later: " + e);
    }
  }
}
