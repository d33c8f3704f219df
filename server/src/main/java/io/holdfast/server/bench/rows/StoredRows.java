package io.holdfast.server.bench.rows;

import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/// Fills a database with held reservations inside PostgreSQL: each with its key and answer, its
/// movement and the level's new state, hash chain and seal included. `./holdfast verify` finds
/// nothing.
public final class StoredRows {
  private static final long STORED_PER_SECOND = 15_000;
  private static final int CHUNK = 100_000;
  private static final int TIMEOUT_MILLIS = 600_000;
  private static final String NO_RIGHT = "42501";

  private static final String CHAIN_STEP_CREATE =
      """
      CREATE OR REPLACE FUNCTION pg_temp.chain_step(bytea, bytea) RETURNS bytea
      LANGUAGE sql IMMUTABLE STRICT AS 'SELECT sha256($1 || $2)'""";

  /// From a level's hash, the hash after each of its movements in turn.
  private static final String CHAIN_CREATE =
      """
      CREATE OR REPLACE AGGREGATE pg_temp.chain(bytea)
      (SFUNC = pg_temp.chain_step, STYPE = bytea)""";

  /// The rows' canonical form is that of the engine's chain. The first row of a level starts from
  /// the level's hash, which a strict step takes as its state.
  private static final String FILL =
      """
      WITH parameters AS (
          SELECT ?::bigint AS tenant, s.skus, cardinality(s.skus) AS items, ?::integer AS rows,
              date_trunc('microseconds', clock_timestamp()) - interval '1 minute' AS created,
              date_trunc('microseconds', clock_timestamp()) + ?::interval AS expires
          FROM (SELECT ?::text[] AS skus) s),
      fresh AS MATERIALIZED (
          SELECT o.*, uuidv7(interval '-1 minute') AS id, gen_random_uuid() AS request_key,
              gen_random_uuid() AS fingerprint, decode(repeat('00', 70), 'hex') AS answer
          FROM (
              SELECT p.tenant, p.created, p.expires, l.sku, l.on_hand, l.chain_hash,
                  l.version + 1 + (g.i - k.ordinal) / p.items AS position,
                  l.reserved + 1 + (g.i - k.ordinal) / p.items AS reserved
              FROM parameters p
              CROSS JOIN unnest(p.skus) WITH ORDINALITY AS k (sku, ordinal)
              JOIN holdfast.stock_levels l
                  ON l.tenant_id = p.tenant AND l.sku = k.sku AND l.location = 'main'
              CROSS JOIN generate_series(k.ordinal, p.rows, p.items) AS g (i)
              ORDER BY g.i) o),
      linked AS (
          SELECT tenant, sku, NULL::uuid AS id, NULL::timestamptz AS created,
              min(position) - 1 AS position, NULL::bigint AS on_hand, NULL::bigint AS reserved,
              chain_hash AS link
          FROM fresh GROUP BY tenant, sku, chain_hash
          UNION ALL
          SELECT tenant, sku, id, created, position, on_hand, reserved,
              int8send(tenant) || int8send(position) || int8send(0) || int8send(1)
              || int8send(on_hand) || int8send(reserved)
              || int8send((extract(epoch FROM created) * 1000000)::bigint)
              || '\\x01'::bytea || uuid_send(id)
              || int4send(7) || convert_to('reserve', 'UTF8')
              || int4send(octet_length(sku)) || convert_to(sku, 'UTF8')
              || int4send(4) || convert_to('main', 'UTF8')
              || int4send(5) || convert_to('bench', 'UTF8')
              || int4send(-1)
          FROM fresh),
      chained AS MATERIALIZED (
          SELECT *, pg_temp.chain(link) OVER (PARTITION BY tenant, sku ORDER BY position) AS hash
          FROM linked),
      reservations AS (
          INSERT INTO holdfast.reservations
              (tenant_id, reservation_id, request_key, request_fingerprint, created_at, expires_at,
               state, actor, skus, locations, quantities, answer, seal)
          SELECT tenant, id, request_key, fingerprint, created, expires,
              'held', 'bench', ARRAY[sku], ARRAY['main'], ARRAY[1::bigint], answer,
              holdfast.reservation_seal(tenant, id, 1, request_key, fingerprint, created, expires,
                  NULL, NULL, 'held', 'bench', NULL, ARRAY[sku], ARRAY['main'],
                  ARRAY[1::bigint], NULL, answer)
          FROM fresh ORDER BY id),
      movements AS (
          INSERT INTO holdfast.movements
              (tenant_id, position, on_hand_change, reserved_change, on_hand_after, reserved_after,
               recorded_at, reservation_id, kind, sku, location, actor, hash)
          SELECT tenant, position, 0, 1, on_hand, reserved, created, id, 'reserve', sku, 'main',
              'bench', hash
          FROM chained WHERE id IS NOT NULL)
      UPDATE holdfast.stock_levels s
      SET reserved = n.reserved, version = n.position, chain_hash = n.hash
      FROM (SELECT DISTINCT ON (tenant, sku) * FROM chained
          ORDER BY tenant, sku, position DESC) n
      WHERE s.tenant_id = n.tenant AND s.sku = n.sku AND s.location = 'main'""";

  /// The statistics are there before they are needed: the filling is planned by them, and nothing
  /// makes them while something is measured.
  private static final String TIDY =
      "VACUUM (ANALYZE) holdfast.reservations, holdfast.movements, holdfast.stock_levels";

  private static final String TENANT_SET =
      "SELECT set_config('holdfast.tenant_id', ?::text, false)";

  private final DataSource owner;
  private final TenantId tenant;

  /// @param owner connections with the right to vacuum, and, where it can be had, to checkpoint
  public StoredRows(DataSource owner, TenantId tenant) {
    this.owner = owner;
    this.tenant = tenant;
  }

  /// About how long it takes to store so many.
  public static Duration expected(long rows) {
    return Duration.ofSeconds(rows / STORED_PER_SECOND);
  }

  /// Stores `count` reservations of one unit each, item by item in turn, that expire `after` now; a
  /// negative time is over already.
  public void fill(List<String> skus, long count, Duration after) throws SQLException {
    try (Connection connection = owner.getConnection();
        Statement plain = connection.createStatement()) {
      connection.setNetworkTimeout(Runnable::run, TIMEOUT_MILLIS);
      plain.execute(TIDY);
      plain.execute(CHAIN_STEP_CREATE);
      plain.execute(CHAIN_CREATE);
      try (PreparedStatement set = connection.prepareStatement(TENANT_SET);
          PreparedStatement fill = connection.prepareStatement(FILL)) {
        set.setLong(1, tenant.value());
        set.execute();
        for (long left = count; left > 0; left -= CHUNK) {
          fill.setLong(1, tenant.value());
          fill.setInt(2, (int) Math.min(left, CHUNK));
          fill.setString(3, after.toMillis() + " milliseconds");
          fill.setArray(4, connection.createArrayOf("text", skus.toArray(String[]::new)));
          fill.executeUpdate();
        }
      }
      plain.execute(TIDY);
      checkpoint(plain);
    }
  }

  /// What was filled is on disk before anything is measured: else the measure pays for it.
  private static void checkpoint(Statement statement) throws SQLException {
    try {
      statement.execute("CHECKPOINT");
    } catch (SQLException refused) {
      if (!NO_RIGHT.equals(refused.getSQLState())) {
        throw refused;
      }
    }
  }
}
