package io.holdfast.server.transfer;

import io.holdfast.server.catalog.ItemBatch;
import io.holdfast.server.catalog.ItemBatch.Verdict;
import io.holdfast.server.catalog.ItemLine;
import io.holdfast.server.json.JsonBody;
import io.holdfast.server.json.JsonMembers;
import io.holdfast.server.transfer.ImportLines.Stored;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;

/// Lines about items, or about their prices alone.
final class ItemPages implements LinePages {

  @Override
  public PageResult apply(Handle handle, StoredImport of, List<Stored> lines) throws SQLException {
    return result(of, lines, batch(handle, of).apply(read(of, lines)));
  }

  @Override
  public PageResult rehearse(Handle handle, StoredImport of, List<Stored> lines) {
    return result(of, lines, batch(handle, of).check(read(of, lines)));
  }

  private static ItemBatch batch(Handle handle, StoredImport of) {
    return new ItemBatch(handle, of.tenant(), of.actor());
  }

  private static List<ItemLine> read(StoredImport of, List<Stored> lines) {
    return lines.stream()
        .map(line -> JsonMembers.of(JsonBody.object(line.json())))
        .map(of.order().kind() == ImportKind.ITEMS ? ItemLine::ofItem : ItemLine::ofPrice)
        .toList();
  }

  private static PageResult result(StoredImport of, List<Stored> lines, List<Verdict> verdicts) {
    long applied = 0;
    long unchanged = 0;
    List<LineFault> faults = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      switch (verdicts.get(i)) {
        case Verdict.Applied _ -> applied++;
        case Verdict.Unchanged _ -> unchanged++;
        case Verdict.Refused(var reason, var column, var message) ->
            faults.add(
                new LineFault(
                    lines.get(i).number(),
                    LineReading.column(of.order(), column),
                    reason.name().toLowerCase(Locale.ROOT),
                    message,
                    null));
      }
    }
    return new PageResult(applied, unchanged, faults);
  }
}
