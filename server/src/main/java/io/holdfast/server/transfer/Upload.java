package io.holdfast.server.transfer;

import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.transfer.ImportLines.Stored;
import io.holdfast.server.transfer.LineReading.Read;
import io.holdfast.stock.TenantId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Takes a file as it comes in, some lines at a time, and no transaction is open while the sender
/// is waited for. Of a file whose end does not come nothing was applied, and what was taken of it
/// goes.
final class Upload {
  static final long MAX_LINES = 1_000_000;

  /// So many that a transaction that applies all of them does not last for minutes.
  static final long MAX_LINES_TOGETHER = 200_000;

  private static final int CHUNK = 1_000;

  /// Characters, so that a few very long lines are written early.
  private static final int CHUNK_CHARACTERS = 1 << 20;

  private final TenantScope tenants;
  private final TenantId tenant;
  private final long id;
  private final LineReading reading;
  private final long maxLines;
  private final List<Stored> lines = new ArrayList<>();
  private final List<LineFault> faults = new ArrayList<>();
  private int characters;
  private long total;
  private long failed;

  Upload(TenantScope tenants, TenantId tenant, long id, ImportOrder order) {
    this.tenants = tenants;
    this.tenant = tenant;
    this.id = id;
    this.reading = new LineReading(order);
    this.maxLines =
        order.onError() == OnError.ABORT && !order.isDryRun() ? MAX_LINES_TOGETHER : MAX_LINES;
  }

  /// The file has more lines than it may have.
  static final class TooManyLines extends Exception {
    private static final long serialVersionUID = 1L;

    private TooManyLines(long most) {
      super("a file has at most " + most + " lines", null, false, false);
    }
  }

  /// @return how many lines there are
  long take(FileLines file) throws IOException, UnreadableFile, TooManyLines {
    FileLines.Line line = file.next();
    while (line != null) {
      take(line);
      line = file.next();
    }
    write();
    return total;
  }

  private void take(FileLines.Line line) throws TooManyLines {
    total++;
    if (total > maxLines) {
      throw new TooManyLines(maxLines);
    }
    Read read = reading.read(line);
    if (read.line() != null) {
      lines.add(read.line());
      characters += read.line().json().length();
    }
    if (read.fault() != null) {
      faults.add(read.fault());
    }
    if (lines.size() + faults.size() >= CHUNK || characters >= CHUNK_CHARACTERS) {
      write();
    }
  }

  private void write() {
    tenants.inTransaction(
        tenant,
        handle -> {
          ImportLines.add(handle, tenant, id, lines);
          ImportErrors.add(handle, tenant, id, faults, failed);
          Imports.touch(handle, tenant, id, total, failed + faults.size());
          return true;
        });
    failed += faults.size();
    lines.clear();
    faults.clear();
    characters = 0;
  }
}
