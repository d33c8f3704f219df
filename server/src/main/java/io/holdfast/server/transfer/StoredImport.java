package io.holdfast.server.transfer;

import io.holdfast.stock.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An import as it stands.
///
/// @param requestId of the request that brought the file
/// @param address where that came from
/// @param failure null unless it has failed
/// @param readTo how far its state has come
/// @param attempts how often it was gone on with in vain, since it last came further
record StoredImport(
    TenantId tenant,
    long id,
    ImportOrder order,
    String actor,
    String requestId,
    String address,
    ImportState state,
    @Nullable String failure,
    Counts counts,
    Place readTo,
    int attempts,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt) {

  /// @param total in the file, but for empty ones
  /// @param read by the state
  /// @param applied of which something is another than before; with a dry run, would be
  /// @param unchanged of which everything was so already
  /// @param failed that have no effect
  record Counts(long total, long read, long applied, long unchanged, long failed) {
    /// Before anything was read by a state; bad lines were found with the upload.
    Counts anew() {
      return new Counts(total, failed, 0, 0, failed);
    }

    Counts and(PageResult page) {
      return new Counts(
          total,
          read + page.lines(),
          applied + page.applied(),
          unchanged + page.unchanged(),
          failed + page.faults().size());
    }

    Counts failing(int more) {
      return new Counts(total, read, 0, 0, failed + more);
    }
  }

  /// Behind a line, in the order in which they are applied.
  record Place(String sku, String location, long line) {
    static final Place BEGINNING = new Place("", "", 0);
  }
}
