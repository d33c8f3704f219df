package io.holdfast.server.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.start.MigratedDatabase;
import io.holdfast.server.trail.Trail;
import io.holdfast.server.trail.TrailMetrics;
import io.holdfast.server.transfer.ImportLines.Stored;
import io.holdfast.server.transfer.Imports.Asker;
import io.holdfast.server.transfer.Imports.Due;
import io.holdfast.server.transfer.Imports.Step;
import io.holdfast.server.transfer.StoredImport.Place;
import io.holdfast.stock.Actor;
import io.holdfast.stock.Call;
import io.holdfast.stock.Command;
import io.holdfast.stock.Control;
import io.holdfast.stock.EngineSettings;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockJoiner;
import io.holdfast.stock.TenantId;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An import step by step, with what others do in between.
class ImportStepsTest {
  private static final MigratedDatabase DATABASE = MigratedDatabase.shared();
  private static final int MAX_ATTEMPTS = 3;

  private final Jdbi superuser = Jdbi.create(DATABASE::connectAsSuperuser);
  private final Jdbi application = Jdbi.create(DATABASE::connectAsApplication);
  private final TenantScope tenants = new TenantScope(application);
  private final UUID worker = UUID.randomUUID();
  private boolean isStopping;
  private final StockJoiner engine = StockJoiner.of(EngineSettings.of(Control.COMBINED));
  private final ImportSteps steps = steps(engine);
  private TenantId tenant = new TenantId(1);

  private ImportSteps steps(StockJoiner deciding) {
    return new ImportSteps(
        application,
        tenants,
        new StockPages(deciding),
        new Trail(new TrailMetrics(InstantSource.system())),
        new ImportMetrics(),
        () -> isStopping);
  }

  @BeforeEach
  void addTenant() {
    tenant =
        new TenantId(
            superuser.withHandle(
                handle ->
                    handle
                        .createQuery(
                            """
                            INSERT INTO holdfast.tenants (slug, name)
                            VALUES ('files-' || gen_random_uuid(), 'Files') RETURNING tenant_id
                            """)
                        .mapTo(Long.class)
                        .one()));
  }

  /// Of a file whose lines are these, all of it there.
  private Due received(ImportKind kind, OnError onError, String... objects) throws SQLException {
    ImportOrder order = new ImportOrder(kind, FileFormat.JSONL, false, onError);
    List<Stored> lines = new ArrayList<>();
    for (String object : objects) {
      LineReading.Read read =
          new LineReading(order)
              .read(
                  FileLines.Line.of(
                      lines.size() + 1L,
                      io.holdfast.server.json.JsonBody.object(object.replace('\'', '"'))));
      assertTrue(read.line() != null, String.valueOf(read.fault()));
      lines.add(read.line());
    }
    long id =
        tenants.inTransaction(
            tenant,
            handle -> {
              long made =
                  Imports.add(handle, tenant, order, new Asker("somebody", "none", "none"), 10)
                      .orElseThrow();
              ImportLines.add(handle, tenant, made, lines);
              Imports.touch(handle, tenant, made, lines.size(), 0);
              StoredImport found = Imports.lock(handle, tenant, made).orElseThrow();
              Imports.move(
                  handle, found, Step.to(ImportState.WAITING, found.counts(), Place.BEGINNING));
              return made;
            });
    return new Due(tenant, id);
  }

  private boolean take(Due due, UUID by) {
    return tenants.inTransaction(tenant, handle -> Imports.take(handle, due, by));
  }

  private StoredImport found(Due due) {
    return tenants.inTransaction(
        tenant, handle -> Imports.find(handle, tenant, due.id()).orElseThrow());
  }

  private void goOnUntil(Due due, ImportState state) throws SQLException {
    while (found(due).state() != state) {
      assertTrue(steps.step(due, worker, MAX_ATTEMPTS), "it is " + found(due));
    }
  }

  private long number(String query) {
    return superuser.withHandle(
        handle -> handle.createQuery(query).bind(0, tenant.value()).mapTo(Long.class).one());
  }

  private long items() {
    return number("SELECT count(*) FROM holdfast.catalog_items WHERE tenant_id = ?");
  }

  private void bringIn(ImportKind kind, String... objects) throws SQLException {
    Due due = received(kind, OnError.ABORT, objects);
    assertTrue(take(due, worker));
    goOnUntil(due, ImportState.DONE);
  }

  @Test
  void whatWasRightWhenItWasCheckedAndIsNotAnyMoreIsSaid() throws SQLException {
    Due due = received(ImportKind.ITEMS, OnError.ABORT, "{'sku':'c','name':'C','tracked':true}");
    assertTrue(take(due, worker));
    goOnUntil(due, ImportState.APPLYING);
    bringInAsAnother("{'sku':'c','name':'Other','tracked':false}");
    assertTrue(steps.step(due, worker, MAX_ATTEMPTS));
    assertEquals(ImportState.FAILED, found(due).state());
    assertEquals("lines_failed", found(due).failure());
    assertEquals(1, found(due).counts().failed());
    List<LineFault> faults =
        tenants.inTransaction(tenant, handle -> ImportErrors.read(handle, tenant, due.id(), 0, 9));
    assertEquals(List.of("tracked_differs"), faults.stream().map(LineFault::code).toList());
  }

  private void bringInAsAnother(String object) throws SQLException {
    bringIn(ImportKind.ITEMS, object);
  }

  @Test
  void oneBadLineUndoesThePagesBeforeIt() throws SQLException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 1_500; i++) {
      lines.add("{'sku':'n-%04d','name':'N'}".formatted(i));
    }
    lines.add("{'sku':'z','name':'Z','tracked':true}");
    Due due = received(ImportKind.ITEMS, OnError.ABORT, lines.toArray(String[]::new));
    assertTrue(take(due, worker));
    goOnUntil(due, ImportState.APPLYING);
    bringInAsAnother("{'sku':'z','name':'Other','tracked':false}");
    assertTrue(steps.step(due, worker, MAX_ATTEMPTS));
    assertEquals(ImportState.FAILED, found(due).state());
    assertEquals(1, items());
    assertEquals(0, found(due).counts().applied());
  }

  @Test
  void whoHasLostTheLeaseAppliesNothing() throws SQLException {
    Due pages = received(ImportKind.ITEMS, OnError.SKIP, "{'sku':'a','name':'A'}");
    Due all = received(ImportKind.ITEMS, OnError.ABORT, "{'sku':'b','name':'B'}");
    UUID other = UUID.randomUUID();
    for (Due due : List.of(pages, all)) {
      assertTrue(take(due, worker));
      assertFalse(take(due, other), "while the lease lasts");
      goOnUntil(due, ImportState.APPLYING);
      superuser.useHandle(
          handle ->
              handle.execute(
                  """
                  UPDATE holdfast.imports SET leased_until = clock_timestamp() WHERE import_id = ?
                  """,
                  due.id()));
      assertTrue(take(due, other));
      assertFalse(steps.step(due, worker, MAX_ATTEMPTS));
      assertEquals(0, items());
    }
    for (Due due : List.of(pages, all)) {
      while (steps.step(due, other, MAX_ATTEMPTS)) {
        assertFalse(found(due).state() == ImportState.FAILED, found(due).toString());
      }
      assertEquals(ImportState.DONE, found(due).state());
    }
    assertEquals(2, items());
  }

  @Test
  void whatIsStoppedWhileAllIsAppliedIsUndone() throws SQLException {
    Due due = received(ImportKind.ITEMS, OnError.ABORT, "{'sku':'a','name':'A'}");
    assertTrue(take(due, worker));
    goOnUntil(due, ImportState.APPLYING);
    isStopping = true;
    assertThrows(ImportSteps.Stopped.class, () -> steps.step(due, worker, MAX_ATTEMPTS));
    assertEquals(0, items());
    isStopping = false;
    goOnUntil(due, ImportState.DONE);
    assertEquals(1, items());
  }

  @Test
  void whatComesNoFurtherFails() throws SQLException {
    Due due = received(ImportKind.ITEMS, OnError.SKIP, "{'sku':'a','name':'A'}");
    for (int attempt = 0; attempt <= MAX_ATTEMPTS; attempt++) {
      assertTrue(take(due, worker));
      tenants.inTransaction(
          tenant,
          handle -> {
            Imports.leave(handle, due, worker, 0);
            return true;
          });
    }
    assertTrue(take(due, worker));
    assertFalse(steps.step(due, worker, MAX_ATTEMPTS));
    assertEquals("attempts_exhausted", found(due).failure());
    assertEquals(0, items());
  }

  @Test
  void whatSomebodyElseReceivesFirstIsCountedAsWell() throws SQLException {
    bringIn(ImportKind.ITEMS, "{'sku':'a','name':'A'}");
    openMain();
    // Of another thread, as far as this one is concerned.
    Jdbi others = Jdbi.create(DATABASE::connectAsApplication);
    Command receive = new Command.Receive(new Sku("a"), LocationId.MAIN, 5, null);
    Call call = Call.by(tenant, new Actor("somebody else"));
    Deque<Command> first = new ArrayDeque<>(List.of(receive));
    ImportSteps late =
        steps(
            (transaction, command, asked) -> {
              while (!first.isEmpty()) {
                Command theirs = first.remove();
                others.useTransaction(
                    handle -> engine.decide(handle.getConnection(), theirs, call));
              }
              return engine.decide(transaction, command, asked);
            });
    Due due = received(ImportKind.STOCK, OnError.SKIP, "{'sku':'a','on_hand':7}");
    assertTrue(take(due, worker));
    assertTrue(late.step(due, worker, MAX_ATTEMPTS));
    assertThrows(StockPages.Overtaken.class, () -> late.step(due, worker, MAX_ATTEMPTS));
    assertEquals(5, number("SELECT on_hand FROM holdfast.stock_levels WHERE tenant_id = ?"));
    goOnUntil(due, ImportState.DONE);
    assertEquals(7, number("SELECT on_hand FROM holdfast.stock_levels WHERE tenant_id = ?"));
    assertEquals(2, number("SELECT count(*) FROM holdfast.movements WHERE tenant_id = ?"));
  }

  private void openMain() {
    superuser.useHandle(
        handle ->
            handle.execute(
                """
                INSERT INTO holdfast.locations (tenant_id, location, priority)
                VALUES (?, 'main', 1)
                """,
                tenant.value()));
  }

  @Test
  void aRehearsalOfStockLeavesNothing() throws SQLException {
    bringIn(ImportKind.ITEMS, "{'sku':'a','name':'A'}");
    openMain();
    Due due = received(ImportKind.STOCK, OnError.ABORT, "{'sku':'a','on_hand':7}");
    assertTrue(take(due, worker));
    goOnUntil(due, ImportState.APPLYING);
    assertEquals(0, number("SELECT count(*) FROM holdfast.movements WHERE tenant_id = ?"));
    goOnUntil(due, ImportState.DONE);
    assertEquals(1, found(due).counts().applied());
    assertEquals(7, number("SELECT on_hand FROM holdfast.stock_levels WHERE tenant_id = ?"));
    assertEquals(1, number("SELECT count(*) FROM holdfast.movements WHERE tenant_id = ?"));
  }
}
