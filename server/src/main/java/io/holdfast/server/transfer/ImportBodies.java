package io.holdfast.server.transfer;

import io.holdfast.server.trail.State;
import io.holdfast.server.trail.Subject;
import io.holdfast.server.transfer.StoredImport.Counts;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What the routes of imports write.
final class ImportBodies {
  private ImportBodies() {}

  /// @param failure why it has failed
  /// @param actor who brought the file
  /// @param lines what became of its lines
  @Schema(name = "Import")
  record Import(
      long id,
      @Schema(enumeration = {"items", "prices", "stock"}) String kind,
      @Schema(enumeration = {"csv", "jsonl"}) String format,
      boolean dryRun,
      @Schema(enumeration = {"abort", "skip"}) String onError,
      @Schema(
              enumeration = {
                "uploading",
                "waiting",
                "checking",
                "applying",
                "finishing",
                "done",
                "failed",
                "cancelled"
              })
          String state,
      @Schema(
              nullable = true,
              description = "`lines_failed`, or `attempts_exhausted` when it came no further")
          @Nullable String failure,
      String actor,
      Lines lines,
      Instant createdAt,
      @Schema(nullable = true) @Nullable Instant startedAt,
      @Schema(nullable = true) @Nullable Instant finishedAt) {

    static Import of(StoredImport stored) {
      return new Import(
          stored.id(),
          stored.order().kind().code(),
          stored.order().format().code(),
          stored.order().isDryRun(),
          stored.order().onError().code(),
          stored.state().code(),
          stored.failure(),
          stored.actor(),
          Lines.of(stored.counts()),
          stored.createdAt(),
          stored.startedAt(),
          stored.finishedAt());
    }
  }

  /// @param total in the file, but for empty ones
  /// @param read by what is done at the moment
  /// @param applied that changed something; with a dry run, that would
  /// @param unchanged of which everything was so already
  /// @param failed that have no effect
  @Schema(name = "ImportLines")
  record Lines(long total, long read, long applied, long unchanged, long failed) {
    static Lines of(Counts counts) {
      return new Lines(
          counts.total(), counts.read(), counts.applied(), counts.unchanged(), counts.failed());
    }
  }

  /// @param next to be sent as `after` for the next page; null: this was the last
  @Schema(name = "ImportPage")
  record Page(List<Import> imports, @Schema(nullable = true) @Nullable String next) {
    /// @param found one more than `most` if there are more
    static Page of(List<StoredImport> found, int most) {
      List<StoredImport> shown = found.subList(0, Math.min(most, found.size()));
      return new Page(
          shown.stream().map(Import::of).toList(),
          found.size() > most ? Long.toString(shown.getLast().id()) : null);
    }
  }

  /// @param line in the file, from 1
  /// @param column null: the line as a whole
  /// @param value what stands there, shortened
  @Schema(name = "ImportError")
  record Fault(
      long line,
      @Schema(nullable = true) @Nullable String column,
      String code,
      String message,
      @Schema(nullable = true) @Nullable String value) {
    static Fault of(LineFault fault) {
      return new Fault(fault.line(), fault.column(), fault.code(), fault.message(), fault.value());
    }
  }

  /// @param next to be sent as `after` for the next page; null: this was the last
  @Schema(name = "ImportErrorPage")
  record Faults(List<Fault> errors, @Schema(nullable = true) @Nullable String next) {
    /// @param found one more than `most` if there are more
    static Faults of(List<LineFault> found, int most) {
      List<LineFault> shown = found.subList(0, Math.min(most, found.size()));
      return new Faults(
          shown.stream().map(Fault::of).toList(),
          found.size() > most ? Long.toString(shown.getLast().line()) : null);
    }
  }

  static Subject subject(long id) {
    return new Subject("import", Long.toString(id));
  }

  /// For the trail: what it is, where it is, and how many lines came to what.
  static State told(StoredImport stored, ImportState state, Counts counts) {
    return State.of("kind", stored.order().kind().code())
        .and("format", stored.order().format().code())
        .and("dry_run", stored.order().isDryRun())
        .and("on_error", stored.order().onError().code())
        .and("state", state.code())
        .and("lines_total", counts.total())
        .and("lines_applied", counts.applied())
        .and("lines_unchanged", counts.unchanged())
        .and("lines_failed", counts.failed());
  }
}
