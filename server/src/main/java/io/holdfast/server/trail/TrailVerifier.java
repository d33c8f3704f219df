package io.holdfast.server.trail;

import io.holdfast.server.identity.TenantSnapshot;
import io.holdfast.stock.StockVerifier.Difference;
import io.holdfast.stock.TenantId;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Recomputes the chain of a tenant's trail and lists what differs: entries that were changed,
/// removed, slipped in or moved, and what waits for its seal for too long.
public final class TrailVerifier {
  /// A node seals within seconds.
  private static final Duration MAX_WAIT = Duration.ofSeconds(60);

  private static final int FETCH_SIZE = 1_000;

  static final String CHAIN_READ =
      """
      SELECT e.entry_id, e.times, e.recorded_at, e.outcome, e.operation, e.actor, e.request_id,
          e.address, e.subject_kind, e.subject_name, e.needs, e.state_before::text,
          e.state_after::text, s.sequence, s.sealed_at, s.hash, s.entry_id
      FROM holdfast.trail_seals s
      LEFT JOIN holdfast.trail_entries e
          ON e.tenant_id = s.tenant_id AND e.entry_id = s.entry_id
      WHERE s.tenant_id = ?
      ORDER BY s.sequence
      """;

  static final String HEAD_READ =
      """
      SELECT sequence, hash FROM holdfast.trail_heads WHERE tenant_id = ?
      """;

  static final String UNSEALED_READ =
      """
      SELECT e.entry_id, u.entry_id IS NOT NULL, clock_timestamp() - e.recorded_at > ?::interval,
          e.recorded_at
      FROM holdfast.trail_entries e
      LEFT JOIN holdfast.trail_unsealed u
          ON u.tenant_id = e.tenant_id AND u.entry_id = e.entry_id
      WHERE e.tenant_id = ?
          AND NOT EXISTS (
              SELECT FROM holdfast.trail_seals s
              WHERE s.tenant_id = e.tenant_id AND s.entry_id = e.entry_id)
      ORDER BY e.entry_id
      """;

  static final String WAITING_READ =
      """
      SELECT u.entry_id, s.entry_id IS NOT NULL
      FROM holdfast.trail_unsealed u
      LEFT JOIN holdfast.trail_seals s ON s.tenant_id = u.tenant_id AND s.entry_id = u.entry_id
      LEFT JOIN holdfast.trail_entries e ON e.tenant_id = u.tenant_id AND e.entry_id = u.entry_id
      WHERE u.tenant_id = ? AND (s.entry_id IS NOT NULL OR e.entry_id IS NULL)
      ORDER BY u.entry_id
      """;

  private final Handle handle;
  private final TenantId tenant;
  private final List<Difference> differences = new ArrayList<>();
  private final SealHash hash = new SealHash();
  private long sequence;
  private byte[] previous = SealHash.start();

  private TrailVerifier(Handle handle, TenantId tenant) {
    this.handle = handle;
    this.tenant = tenant;
  }

  /// A seal, and the entry that it is of.
  ///
  /// @param entry null: it is not there
  private record Link(
      long sequence, Instant sealedAt, byte[] hash, long entryId, @Nullable StoredEntry entry) {}

  /// All of it in one snapshot.
  public static List<Difference> differences(Handle handle, TenantId tenant) throws SQLException {
    return TenantSnapshot.read(
        handle, tenant, snapshot -> new TrailVerifier(snapshot, tenant).all());
  }

  private List<Difference> all() {
    try (Stream<Link> links = links()) {
      links.forEach(this::step);
    }
    checkHead();
    checkUnsealed();
    checkWaiting();
    return differences;
  }

  private Stream<Link> links() {
    return handle
        .createQuery(CHAIN_READ)
        .setFetchSize(FETCH_SIZE)
        .bind(0, tenant.value())
        .map(
            (row, _) ->
                new Link(
                    row.getLong(14),
                    Entries.instant(row, 15),
                    row.getBytes(16),
                    row.getLong(17),
                    row.getObject(1) == null ? null : Entries.stored(row)))
        .stream();
  }

  /// It goes on from the hash that is there, so that one change is one difference.
  private void step(Link link) {
    String name = "seal " + link.sequence() + " of entry " + link.entryId();
    if (link.sequence() != sequence + 1) {
      differ("trail.sequence", name, sequence + 1, link.sequence());
    }
    StoredEntry entry = link.entry();
    if (entry == null) {
      differ("trail.entry", name, "the entry", "none");
    } else {
      byte[] recomputed = hash.next(previous, tenant, link.sequence(), link.sealedAt(), entry);
      if (!Arrays.equals(recomputed, link.hash())) {
        differ("trail.hash", name, hex(recomputed), hex(link.hash()));
      }
    }
    sequence = link.sequence();
    previous = link.hash();
  }

  private void checkHead() {
    Optional<Seals.Head> head =
        handle
            .createQuery(HEAD_READ)
            .bind(0, tenant.value())
            .map((row, _) -> new Seals.Head(row.getLong(1), row.getBytes(2)))
            .findOne();
    if (head.isEmpty()) {
      if (sequence != 0) {
        differ("trail.head", "head", sequence, "none");
      }
      return;
    }
    if (head.get().sequence() != sequence) {
      differ("trail.head", "head", sequence, head.get().sequence());
    } else if (!Arrays.equals(head.get().hash(), previous)) {
      differ("trail.head", "head", hex(previous), hex(head.get().hash()));
    }
  }

  private void checkUnsealed() {
    handle
        .createQuery(UNSEALED_READ)
        .bind(0, MAX_WAIT.toSeconds() + " seconds")
        .bind(1, tenant.value())
        .map(
            (row, _) -> {
              String name = "entry " + row.getLong(1);
              if (!row.getBoolean(2)) {
                differ("trail.unsealed", name, "a seal, or to wait for it", "neither");
              } else if (row.getBoolean(3)) {
                String since = "none since " + Entries.instant(row, 4);
                differ("trail.unsealed", name, "a seal within " + MAX_WAIT, since);
              }
              return name;
            })
        .list();
  }

  private void checkWaiting() {
    handle
        .createQuery(WAITING_READ)
        .bind(0, tenant.value())
        .map(
            (row, _) -> {
              String name = "entry " + row.getLong(1);
              differ("trail.waiting", name, "an entry without a seal", found(row.getBoolean(2)));
              return name;
            })
        .list();
  }

  private static String found(boolean isSealed) {
    return isSealed ? "it is sealed" : "no such entry";
  }

  private void differ(String check, String row, Object expected, Object found) {
    differences.add(new Difference(check, row, expected.toString(), found.toString()));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
