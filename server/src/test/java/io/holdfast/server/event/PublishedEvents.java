package io.holdfast.server.event;

import io.holdfast.server.start.MigratedDatabase;
import io.holdfast.stock.TenantId;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/// Events of a tenant of its own in the tests' database, that have their positions.
public final class PublishedEvents {
  private static final MigratedDatabase DATABASE = MigratedDatabase.shared();

  private final Jdbi superuser = Jdbi.create(DATABASE::connectAsSuperuser);
  private final TenantId tenant;
  private final String slug;
  private int count;

  private PublishedEvents() {
    long id =
        superuser.withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        INSERT INTO holdfast.tenants (slug, name)
                        VALUES ('told-' || gen_random_uuid(), 'Told') RETURNING tenant_id
                        """)
                    .mapTo(Long.class)
                    .one());
    tenant = new TenantId(id);
    slug =
        superuser.withHandle(
            handle ->
                handle
                    .createQuery("SELECT slug FROM holdfast.tenants WHERE tenant_id = ?")
                    .bind(0, id)
                    .mapTo(String.class)
                    .one());
    superuser.useHandle(
        handle -> handle.execute("INSERT INTO holdfast.event_heads (tenant_id) VALUES (?)", id));
  }

  public static PublishedEvents ofNewTenant() {
    return new PublishedEvents();
  }

  public TenantId tenant() {
    return tenant;
  }

  /// The `source` of its events.
  public String source() {
    return "/tenants/" + slug;
  }

  /// How many there are by now.
  public int count() {
    return count;
  }

  /// One transaction's events, of the type `order.paid` but for those of a level.
  public void publish(String... subjects) {
    List<String> events = new ArrayList<>();
    for (String subject : subjects) {
      String type = subject.startsWith("items/") ? "stock.changed" : "order.paid";
      events.add(
          """
          {"type":"%s","subject":"%s","time":"2026-11-24T09:00:00Z","data":{"is":"%s"}}"""
              .formatted(type, subject, subject));
    }
    write("[" + String.join(",", events) + "]", subjects.length);
  }

  /// One that somebody has damaged by hand.
  public void publishUnreadable() {
    write("[1]", 1);
  }

  private void write(String events, int size) {
    superuser.useTransaction(
        handle -> {
          handle.execute(
              """
              INSERT INTO holdfast.event_batches
                  (tenant_id, size, events, last_position, published_at)
              SELECT ?, ?, ?::json, last_position + ?, clock_timestamp()
              FROM holdfast.event_heads WHERE tenant_id = ?
              """,
              tenant.value(),
              size,
              events,
              size,
              tenant.value());
          handle.execute(
              """
              UPDATE holdfast.event_heads SET last_position = last_position + ?
              WHERE tenant_id = ?
              """,
              size,
              tenant.value());
        });
    count += size;
  }

  /// As the housekeeping does after some time.
  public void forgetUpTo(long position) {
    superuser.useHandle(
        handle ->
            handle.execute(
                "DELETE FROM holdfast.event_batches WHERE tenant_id = ? AND last_position <= ?",
                tenant.value(),
                position));
  }

  /// How many of them a sink counts as missed.
  public long missedBy(String sink) {
    return superuser.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT missed FROM holdfast.event_sink_positions
                    WHERE tenant_id = ? AND sink = ?
                    """)
                .bind(0, tenant.value())
                .bind(1, sink)
                .mapTo(Long.class)
                .one());
  }
}
