package io.holdfast.server.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.holdfast.server.json.JsonWriting;
import io.holdfast.server.problem.Problem.MemberChange;
import io.holdfast.stock.TenantId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// The table `catalog_changes`: what each change of an item replaced.
final class ItemChanges {
  static final String CHANGE_INSERT =
      """
      INSERT INTO holdfast.catalog_changes (tenant_id, sku, version, changed_at, actor, replaced)
      VALUES (?, ?, ?, ?, ?, ?::jsonb)
      """;

  static final String CHANGES_SINCE =
      """
      SELECT version, changed_at, actor, replaced
      FROM holdfast.catalog_changes
      WHERE tenant_id = ? AND sku = ? AND version > ?
      ORDER BY version
      """;

  private ItemChanges() {}

  static void add(
      Handle handle,
      TenantId tenant,
      StoredItem changed,
      String actor,
      SortedMap<String, JsonNode> replaced) {
    handle.execute(
        CHANGE_INSERT,
        tenant.value(),
        changed.item().sku().value(),
        changed.version(),
        changed.changedAt(),
        actor,
        JsonWriting.tree(replaced).toString());
  }

  /// What is another than it was at a version. A member that was changed and changed back is not.
  static List<MemberChange> since(
      Handle handle, TenantId tenant, StoredItem current, long version) {
    Map<String, Folded> members = new TreeMap<>();
    handle
        .createQuery(CHANGES_SINCE)
        .bind(0, tenant.value())
        .bind(1, current.item().sku().value())
        .bind(2, version)
        .map(
            (row, _) ->
                new Step(
                    row.getLong(1),
                    row.getObject(2, OffsetDateTime.class).toInstant(),
                    row.getString(3),
                    JsonWriting.parsed(row.getString(4))))
        .useStream(steps -> steps.forEach(step -> step.foldInto(members)));
    SortedMap<String, JsonNode> found = ItemMembers.of(current);
    return members.entrySet().stream()
        .map(member -> member.getValue().told(member.getKey(), found))
        .filter(change -> !change.seen().equals(change.found()))
        .toList();
  }

  private record Step(long version, Instant changedAt, String actor, JsonNode replaced) {
    void foldInto(Map<String, Folded> members) {
      replaced
          .properties()
          .forEach(
              member ->
                  members.merge(
                      member.getKey(),
                      new Folded(member.getValue(), this),
                      (first, later) -> new Folded(first.seen(), later.last())));
    }
  }

  /// @param seen what the first of several changes replaced
  /// @param last of them
  private record Folded(JsonNode seen, Step last) {
    MemberChange told(String name, SortedMap<String, JsonNode> found) {
      JsonNode now = found.getOrDefault(name, NullNode.getInstance());
      return new MemberChange(name, seen, now, last.version(), last.changedAt(), last.actor());
    }
  }
}
