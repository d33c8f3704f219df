package io.holdfast.server.transfer;

import io.holdfast.server.catalog.CatalogItems;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.origin.RequestOrigin;
import io.holdfast.server.trail.Change;
import io.holdfast.server.trail.State;
import io.holdfast.server.trail.Trail;
import io.holdfast.server.transfer.ImportLines.Stored;
import io.holdfast.server.transfer.Imports.Due;
import io.holdfast.server.transfer.Imports.Step;
import io.holdfast.server.transfer.StoredImport.Counts;
import io.holdfast.server.transfer.StoredImport.Place;
import io.holdfast.stock.Actor;
import io.holdfast.stock.Command;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// What is done with an import, step by step. A step is one transaction with how far it has come,
/// so each is done once, however often it is begun.
final class ImportSteps {
  private static final int PAGE = 500;

  /// As many as the engine does together: each page costs a savepoint.
  private static final int PAGE_OF_ALL = Command.MAX_TOGETHER;

  /// Whoever has a row for longer has the page come again later.
  static final String WAIT_BOUND =
      """
      SELECT set_config('lock_timeout', '5s', true)
      """;

  private final Jdbi database;
  private final TenantScope tenants;
  private final LinePages stock;
  private final LinePages items = new ItemPages();
  private final Trail trail;
  private final ImportMetrics metrics;
  private final BooleanSupplier isStopping;

  ImportSteps(
      Jdbi database,
      TenantScope tenants,
      LinePages stock,
      Trail trail,
      ImportMetrics metrics,
      BooleanSupplier isStopping) {
    this.database = database;
    this.tenants = tenants;
    this.stock = stock;
    this.trail = trail;
    this.metrics = metrics;
    this.isStopping = isStopping;
  }

  /// The node stops, or the import is cancelled or somebody else's by now.
  static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Stopped() {
      super("not to be gone on with", null, false, false);
    }
  }

  /// Ends a transaction of which nothing is kept.
  private static final class Undone extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient PageResult result;

    private Undone(PageResult result) {
      super("nothing of it is kept", null, false, false);
      this.result = result;
    }
  }

  /// @return whether there is more to be done
  boolean step(Due due, UUID worker, int maxAttempts) throws SQLException {
    Optional<StoredImport> found =
        tenants.inTransaction(due.tenant(), handle -> Imports.lockOwn(handle, due, worker));
    if (found.isEmpty() || found.get().state().isOver()) {
      return false;
    }
    StoredImport now = found.get();
    if (now.attempts() > maxAttempts) {
      end(due, worker, ImportState.FAILED, "attempts_exhausted");
      return false;
    }
    switch (now.state()) {
      case WAITING -> begin(due, worker);
      case CHECKING -> check(due, worker, now);
      case APPLYING -> {
        if (now.order().onError() == OnError.ABORT) {
          applyAll(due, worker, now);
        } else {
          applyPage(due, worker);
        }
      }
      case FINISHING -> finish(due, worker);
      case UPLOADING, DONE, FAILED, CANCELLED ->
          throw new IllegalStateException("nobody works on one that is " + now.state());
    }
    return true;
  }

  private void begin(Due due, UUID worker) throws SQLException {
    inStep(
        due,
        worker,
        ImportState.WAITING,
        (handle, own) -> {
          boolean isChecked = own.order().isDryRun() || own.order().onError() == OnError.ABORT;
          ImportState next = isChecked ? ImportState.CHECKING : ImportState.APPLYING;
          Imports.move(handle, own, Step.to(next, own.counts().anew(), Place.BEGINNING));
        });
  }

  /// What becomes of a page is seen by doing it and keeping nothing; then it is noted.
  private void check(Due due, UUID worker, StoredImport now) throws SQLException {
    List<Stored> lines =
        tenants.inTransaction(
            due.tenant(), handle -> ImportLines.read(handle, now, now.readTo(), PAGE));
    if (lines.isEmpty()) {
      endOfCheck(due, worker, now);
      return;
    }
    List<LineFault> faults = new ArrayList<>();
    List<Stored> distinct = LinePages.distinct(lines, now.readTo(), faults);
    PageResult result = with(rehearsed(now, distinct), faults);
    inStep(
        due,
        worker,
        ImportState.CHECKING,
        (handle, own) -> note(handle, own, ImportState.CHECKING, result, lines.getLast().place()));
  }

  private PageResult rehearsed(StoredImport now, List<Stored> lines) throws SQLException {
    try {
      tenants.inTransaction(
          now.tenant(),
          handle -> {
            boundWaits(handle);
            throw new Undone(pages(now).rehearse(handle, now, lines));
          });
      throw new IllegalStateException("a rehearsal was kept");
    } catch (Undone undone) {
      return undone.result;
    }
  }

  private void endOfCheck(Due due, UUID worker, StoredImport now) throws SQLException {
    boolean isBad = now.counts().failed() > 0 && now.order().onError() == OnError.ABORT;
    if (isBad) {
      end(due, worker, ImportState.FAILED, "lines_failed");
    } else if (now.order().isDryRun()) {
      end(due, worker, ImportState.DONE, null);
    } else {
      inStep(
          due,
          worker,
          ImportState.CHECKING,
          (handle, own) ->
              Imports.move(
                  handle,
                  own,
                  Step.to(ImportState.APPLYING, own.counts().anew(), Place.BEGINNING)));
    }
  }

  /// Bad lines are left out.
  private void applyPage(Due due, UUID worker) throws SQLException {
    PageResult[] applied = new PageResult[1];
    inStep(
        due,
        worker,
        ImportState.APPLYING,
        (handle, own) -> {
          List<Stored> lines = ImportLines.read(handle, own, own.readTo(), PAGE);
          if (lines.isEmpty()) {
            Imports.move(handle, own, Step.to(ImportState.FINISHING, own.counts(), own.readTo()));
            return;
          }
          List<LineFault> faults = new ArrayList<>();
          List<Stored> distinct = LinePages.distinct(lines, own.readTo(), faults);
          boundWaits(handle);
          PageResult result = with(pages(own).apply(handle, own, distinct), faults);
          note(handle, own, ImportState.APPLYING, result, lines.getLast().place());
          applied[0] = result;
        });
    if (applied[0] != null) {
      metrics.applied(applied[0]);
      addSomeWords(due);
    }
  }

  /// All lines in one transaction, or none.
  private void applyAll(Due due, UUID worker, StoredImport now) throws SQLException {
    try {
      Counts counts =
          tenants.inTransaction(
              due.tenant(),
              handle -> {
                Applied all = applyAll(handle, due, worker, now);
                StoredImport own = own(handle, due, worker, ImportState.APPLYING);
                Imports.move(
                    handle, own, Step.to(ImportState.FINISHING, all.counts(), all.readTo()));
                return all.counts();
              });
      metrics.applied(counts.applied(), counts.unchanged());
    } catch (Undone undone) {
      List<LineFault> faults = undone.result.faults();
      metrics.failed(faults.size());
      inStep(
          due,
          worker,
          ImportState.APPLYING,
          (handle, own) -> {
            ImportErrors.add(handle, own.tenant(), own.id(), faults, own.counts().failed());
            Counts counts = own.counts().failing(faults.size());
            tell(handle, own, ImportState.FAILED, counts);
            Imports.move(
                handle,
                own,
                new Step(ImportState.FAILED, "lines_failed", counts, own.readTo(), true));
          });
    }
  }

  private record Applied(Counts counts, Place readTo) {}

  private Applied applyAll(Handle handle, Due due, UUID worker, StoredImport now)
      throws SQLException {
    Applied applied = new Applied(now.counts().anew(), Place.BEGINNING);
    boundWaits(handle);
    List<Stored> lines = ImportLines.read(handle, now, applied.readTo(), PAGE_OF_ALL);
    while (!lines.isEmpty()) {
      PageResult result = pages(now).apply(handle, now, lines);
      if (!result.faults().isEmpty()) {
        // What was right when it was checked is not any more.
        throw new Undone(result);
      }
      applied = new Applied(applied.counts().and(result), lines.getLast().place());
      tellProgress(due, worker, applied.counts());
      lines = ImportLines.read(handle, now, applied.readTo(), PAGE_OF_ALL);
    }
    return applied;
  }

  /// Beside the transaction that applies. What it tells is how far that has come; it may be undone.
  private void tellProgress(Due due, UUID worker, Counts counts) {
    if (isStopping.getAsBoolean()) {
      throw new Stopped();
    }
    // The thread's own handle is in the other transaction.
    try (Handle beside = database.open()) {
      beside.useTransaction(
          handle -> {
            TenantScope.set(handle, due.tenant());
            StoredImport own = own(handle, due, worker, ImportState.APPLYING);
            Counts read = new Counts(counts.total(), counts.read(), 0, 0, 0);
            Imports.move(
                handle, own, new Step(ImportState.APPLYING, null, read, Place.BEGINNING, false));
          });
    }
  }

  private void finish(Due due, UUID worker) throws SQLException {
    if (addSomeWords(due)) {
      inStep(
          due,
          worker,
          ImportState.FINISHING,
          (handle, own) ->
              Imports.move(
                  handle, own, Step.to(ImportState.FINISHING, own.counts(), own.readTo())));
    } else {
      end(due, worker, ImportState.DONE, null);
    }
  }

  private boolean addSomeWords(Due due) {
    return tenants.inTransaction(
        due.tenant(), handle -> CatalogItems.addSomeWords(handle, due.tenant()));
  }

  private void end(Due due, UUID worker, ImportState state, @Nullable String failure)
      throws SQLException {
    tenants.inTransaction(
        due.tenant(),
        handle -> {
          StoredImport own =
              Imports.lockOwn(handle, due, worker)
                  .filter(each -> !each.state().isOver())
                  .orElseThrow(Stopped::new);
          tell(handle, own, state, own.counts());
          Imports.move(handle, own, new Step(state, failure, own.counts(), own.readTo(), true));
          return true;
        });
  }

  /// For the trail: one entry, however many lines.
  private void tell(Handle handle, StoredImport own, ImportState state, Counts counts) {
    RequestOrigin origin = RequestOrigin.ofNode();
    origin.asksFor("endImport");
    trail.add(
        handle,
        own.tenant(),
        new Actor(own.actor()),
        origin,
        new Change(
            ImportBodies.subject(own.id()),
            State.of("state", own.state().code()),
            ImportBodies.told(own, state, counts)
                .and("request_id", own.requestId())
                .and("address", own.address())));
  }

  private static void boundWaits(Handle handle) {
    handle.createQuery(WAIT_BOUND).mapTo(String.class).one();
  }

  private LinePages pages(StoredImport of) {
    return of.order().kind() == ImportKind.STOCK ? stock : items;
  }

  private static PageResult with(PageResult result, List<LineFault> more) {
    List<LineFault> all = new ArrayList<>(more);
    all.addAll(result.faults());
    return new PageResult(result.applied(), result.unchanged(), all);
  }

  private static void note(
      Handle handle, StoredImport own, ImportState state, PageResult result, Place readTo) {
    ImportErrors.add(handle, own.tenant(), own.id(), result.faults(), own.counts().failed());
    Imports.move(handle, own, Step.to(state, own.counts().and(result), readTo));
  }

  @FunctionalInterface
  private interface Work {
    void on(Handle handle, StoredImport own) throws SQLException;
  }

  private void inStep(Due due, UUID worker, ImportState state, Work work) throws SQLException {
    tenants.inTransaction(
        due.tenant(),
        handle -> {
          work.on(handle, own(handle, due, worker, state));
          return true;
        });
  }

  private static StoredImport own(Handle handle, Due due, UUID worker, ImportState state) {
    return Imports.lockOwn(handle, due, worker)
        .filter(own -> own.state() == state)
        .orElseThrow(Stopped::new);
  }
}
