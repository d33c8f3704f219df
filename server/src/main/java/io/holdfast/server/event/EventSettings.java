package io.holdfast.server.event;

import io.holdfast.server.json.JsonMembers;
import io.holdfast.stock.TenantId;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The table `event_settings`: what a tenant is told of, and how long that is kept.
final class EventSettings {
  static final int DEFAULT_KEEP_DAYS = 30;
  static final int MAX_KEEP_DAYS = 365;

  static final String SETTINGS_READ =
      """
      SELECT stock, keep_days, version FROM holdfast.event_settings WHERE tenant_id = ?
      """;

  static final String SETTINGS_CHOOSE =
      """
      INSERT INTO holdfast.event_settings (tenant_id, stock, keep_days, version)
      VALUES (?, ?, ?, 1)
      ON CONFLICT (tenant_id) DO UPDATE
          SET stock = EXCLUDED.stock, keep_days = EXCLUDED.keep_days,
              version = event_settings.version + 1
      """;

  private EventSettings() {}

  /// @param stock whether reservations and stock are told of, too
  /// @param keepDays how long events are kept
  /// @param version counts how often this was chosen; 0: never, and it is the usual one
  @Schema(name = "EventSettings")
  record Stored(boolean stock, int keepDays, long version) {
    static final Stored USUAL = new Stored(false, DEFAULT_KEEP_DAYS, 0);
  }

  @Schema(name = "NewEventSettings")
  record Wanted(
      @Schema(
              defaultValue = "false",
              description = "whether reservations and stock are told of, too")
          @Nullable Boolean stock,
      @Schema(minimum = "1", maximum = "" + MAX_KEEP_DAYS, defaultValue = "" + DEFAULT_KEEP_DAYS)
          @Nullable Integer keepDays) {

    static Choice read(JsonMembers members) {
      members.only("stock", "keep_days");
      return new Choice(
          members.flag("stock", false),
          Math.toIntExact(members.whole("keep_days", 1, MAX_KEEP_DAYS, DEFAULT_KEEP_DAYS)));
    }
  }

  /// What was read of a request to choose.
  record Choice(boolean stock, int keepDays) {}

  static Stored read(Handle handle, TenantId tenant) {
    return handle
        .createQuery(SETTINGS_READ)
        .bind(0, tenant.value())
        .map((row, _) -> new Stored(row.getBoolean(1), row.getInt(2), row.getLong(3)))
        .findOne()
        .orElse(Stored.USUAL);
  }

  static void choose(Handle handle, TenantId tenant, Choice choice) {
    handle.execute(SETTINGS_CHOOSE, tenant.value(), choice.stock(), choice.keepDays());
  }
}
