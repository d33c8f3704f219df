package io.holdfast.server.transfer;

import io.holdfast.server.transfer.StoredImport.Counts;
import io.holdfast.server.transfer.StoredImport.Place;
import io.holdfast.stock.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The table `imports`.
final class Imports {
  static final String COLUMNS =
      """
      SELECT tenant_id, import_id, kind, format, dry_run, on_error, actor, request_id, address,
          state, failure, lines_total, lines_read, lines_applied, lines_unchanged, lines_failed,
          read_to_sku, read_to_location, read_to_line, attempts, created_at, started_at, finished_at
      FROM holdfast.imports
      """;

  static final String IMPORT_ADD =
      """
      INSERT INTO holdfast.imports (tenant_id, kind, format, dry_run, on_error, actor, request_id,
          address)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      RETURNING import_id
      """;

  /// Two who begin at once come one after the other.
  static final String TENANT_LOCK =
      """
      SELECT pg_advisory_xact_lock(hashtextextended('holdfast.imports', ?))
      """;

  static final String OPEN_COUNT =
      """
      SELECT count(*) FROM holdfast.imports
      WHERE tenant_id = ? AND finished_at IS NULL
          AND (state <> 'uploading' OR touched_at > clock_timestamp() - interval '1 minute')
      """;

  static final String IMPORT_TOUCH =
      """
      UPDATE holdfast.imports SET touched_at = clock_timestamp(), lines_total = ?, lines_failed = ?
      WHERE tenant_id = ? AND import_id = ? AND state = 'uploading'
      """;

  /// Then it is over for the housekeeping, and there for nobody else.
  static final String IMPORT_ABANDON =
      """
      UPDATE holdfast.imports SET touched_at = '-infinity'
      WHERE tenant_id = ? AND import_id = ? AND state = 'uploading'
      """;

  static final String IMPORT_FIND = COLUMNS + "WHERE tenant_id = ? AND import_id = ?";

  static final String IMPORT_LOCK = IMPORT_FIND + " FOR NO KEY UPDATE";

  static final String IMPORT_LOCK_OWN =
      COLUMNS + "WHERE tenant_id = ? AND import_id = ? AND worker = ? FOR NO KEY UPDATE";

  static final String IMPORTS_LIST =
      COLUMNS
          + """
            WHERE tenant_id = ? AND import_id < ? AND state <> 'uploading'
            ORDER BY import_id DESC
            LIMIT ?
            """;

  static final String IMPORT_TAKE =
      """
      UPDATE holdfast.imports
      SET worker = ?, leased_until = clock_timestamp() + make_interval(secs => ?),
          attempts = attempts + 1, touched_at = clock_timestamp()
      WHERE tenant_id = ? AND import_id = ?
          AND state IN ('waiting', 'checking', 'applying', 'finishing')
          AND (leased_until IS NULL OR leased_until < clock_timestamp())
      """;

  static final String IMPORT_LEAVE =
      """
      UPDATE holdfast.imports
      SET leased_until = clock_timestamp() + make_interval(secs => ?)
      WHERE tenant_id = ? AND import_id = ? AND worker = ?
      """;

  static final String IMPORT_MOVE =
      """
      UPDATE holdfast.imports
      SET state = ?, failure = ?, lines_total = ?, lines_read = ?, lines_applied = ?,
          lines_unchanged = ?, lines_failed = ?, read_to_sku = ?, read_to_location = ?,
          read_to_line = ?, attempts = CASE WHEN ? THEN 0 ELSE attempts END,
          touched_at = clock_timestamp(),
          leased_until = CASE WHEN worker IS NULL THEN leased_until
              ELSE clock_timestamp() + make_interval(secs => ?) END,
          started_at = CASE WHEN ? THEN coalesce(started_at, clock_timestamp()) END,
          finished_at = CASE WHEN ? THEN clock_timestamp() END
      WHERE tenant_id = ? AND import_id = ?
      """;

  static final String IMPORTS_TO_WORK_ON =
      """
      SELECT tenant_id, import_id FROM holdfast.imports_to_work_on()
      """;

  /// How long nobody else goes on with one that is worked on; renewed with each step.
  static final int LEASE_SECONDS = 20;

  private Imports() {}

  /// Which one there is to work on.
  record Due(TenantId tenant, long id) {}

  static List<Due> due(Handle handle) {
    return handle
        .createQuery(IMPORTS_TO_WORK_ON)
        .map((row, _) -> new Due(new TenantId(row.getLong(1)), row.getLong(2)))
        .list();
  }

  /// Empty: there are as many under way as may be.
  static Optional<Long> add(
      Handle handle, TenantId tenant, ImportOrder order, Asker asker, int most) {
    handle.createQuery(TENANT_LOCK).bind(0, tenant.value()).map((_, _) -> true).one();
    int open = handle.createQuery(OPEN_COUNT).bind(0, tenant.value()).mapTo(Integer.class).one();
    if (open >= most) {
      return Optional.empty();
    }
    return Optional.of(
        handle
            .createQuery(IMPORT_ADD)
            .bind(0, tenant.value())
            .bind(1, order.kind().code())
            .bind(2, order.format().code())
            .bind(3, order.isDryRun())
            .bind(4, order.onError().code())
            .bind(5, asker.actor())
            .bind(6, asker.requestId())
            .bind(7, asker.address())
            .mapTo(Long.class)
            .one());
  }

  /// Who brings a file, and by which request.
  record Asker(String actor, String requestId, String address) {}

  static void touch(Handle handle, TenantId tenant, long id, long total, long failed) {
    handle.execute(IMPORT_TOUCH, total, failed, tenant.value(), id);
  }

  /// Of a file that is not to be kept.
  static void abandon(Handle handle, TenantId tenant, long id) {
    handle.execute(IMPORT_ABANDON, tenant.value(), id);
  }

  static Optional<StoredImport> find(Handle handle, TenantId tenant, long id) {
    return handle
        .createQuery(IMPORT_FIND)
        .bind(0, tenant.value())
        .bind(1, id)
        .map((row, _) -> stored(row))
        .findOne();
  }

  static Optional<StoredImport> lock(Handle handle, TenantId tenant, long id) {
    return handle
        .createQuery(IMPORT_LOCK)
        .bind(0, tenant.value())
        .bind(1, id)
        .map((row, _) -> stored(row))
        .findOne();
  }

  /// Empty: somebody else works on it by now.
  static Optional<StoredImport> lockOwn(Handle handle, Due due, UUID worker) {
    return handle
        .createQuery(IMPORT_LOCK_OWN)
        .bind(0, due.tenant().value())
        .bind(1, due.id())
        .bind(2, worker)
        .map((row, _) -> stored(row))
        .findOne();
  }

  static List<StoredImport> list(Handle handle, TenantId tenant, long before, int most) {
    return handle
        .createQuery(IMPORTS_LIST)
        .bind(0, tenant.value())
        .bind(1, before)
        .bind(2, most)
        .map((row, _) -> stored(row))
        .list();
  }

  /// @return false: somebody else was first
  static boolean take(Handle handle, Due due, UUID worker) {
    return handle.execute(IMPORT_TAKE, worker, LEASE_SECONDS, due.tenant().value(), due.id()) == 1;
  }

  /// Nobody goes on with it for as long.
  static void leave(Handle handle, Due due, UUID worker, int seconds) {
    handle.execute(IMPORT_LEAVE, seconds, due.tenant().value(), due.id(), worker);
  }

  /// How far one has come.
  ///
  /// @param failure null unless it has failed
  /// @param isKept whether nobody has to come that far again
  record Step(
      ImportState to, @Nullable String failure, Counts counts, Place readTo, boolean isKept) {
    static Step to(ImportState state, Counts counts, Place readTo) {
      return new Step(state, null, counts, readTo, true);
    }
  }

  /// Of one that is locked.
  static void move(Handle handle, StoredImport from, Step step) {
    ImportState to = step.to();
    Counts counts = step.counts();
    Place readTo = step.readTo();
    handle.execute(
        IMPORT_MOVE,
        to.code(),
        step.failure(),
        counts.total(),
        counts.read(),
        counts.applied(),
        counts.unchanged(),
        counts.failed(),
        readTo.sku(),
        readTo.location(),
        readTo.line(),
        step.isKept(),
        LEASE_SECONDS,
        to != ImportState.WAITING,
        to.isOver(),
        from.tenant().value(),
        from.id());
  }

  private static StoredImport stored(ResultSet row) throws SQLException {
    return new StoredImport(
        new TenantId(row.getLong("tenant_id")),
        row.getLong("import_id"),
        new ImportOrder(
            ImportKind.ofCode(row.getString("kind")),
            FileFormat.ofCode(row.getString("format")),
            row.getBoolean("dry_run"),
            OnError.ofCode(row.getString("on_error"))),
        row.getString("actor"),
        row.getString("request_id"),
        row.getString("address"),
        ImportState.ofCode(row.getString("state")),
        row.getString("failure"),
        new Counts(
            row.getLong("lines_total"),
            row.getLong("lines_read"),
            row.getLong("lines_applied"),
            row.getLong("lines_unchanged"),
            row.getLong("lines_failed")),
        new Place(
            row.getString("read_to_sku"),
            row.getString("read_to_location"),
            row.getLong("read_to_line")),
        row.getInt("attempts"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        instant(row, "started_at"),
        instant(row, "finished_at"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
