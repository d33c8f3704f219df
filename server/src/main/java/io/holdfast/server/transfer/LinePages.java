package io.holdfast.server.transfer;

import io.holdfast.server.transfer.ImportLines.Stored;
import io.holdfast.server.transfer.LineFault.Code;
import io.holdfast.server.transfer.StoredImport.Place;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Does what some lines of a file say. Each is about another thing, so what becomes of one depends
/// on no other.
interface LinePages {
  /// In a transaction of the tenant's, which keeps all of it or nothing. What throws is to leave
  /// nothing.
  PageResult apply(Handle handle, StoredImport of, List<Stored> lines) throws SQLException;

  /// Says what would become of them, in a transaction that is rolled back.
  PageResult rehearse(Handle handle, StoredImport of, List<Stored> lines) throws SQLException;

  /// Those that are about something that a line before them was about already are taken out.
  ///
  /// @param behind the line before the first one
  /// @param faults where that is said
  static List<Stored> distinct(List<Stored> lines, Place behind, List<LineFault> faults) {
    List<Stored> distinct = new ArrayList<>(lines.size());
    Place before = behind;
    for (Stored line : lines) {
      if (line.isAboutTheSameAs(before)) {
        faults.add(
            LineFault.of(
                line.number(),
                Code.DUPLICATE_LINE,
                "sku",
                "says something of what line " + before.line() + " was about already"));
      } else {
        distinct.add(line);
        before = line.place();
      }
    }
    return distinct;
  }
}
