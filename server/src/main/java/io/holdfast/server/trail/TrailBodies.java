package io.holdfast.server.trail;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What the route of the trail writes.
final class TrailBodies {
  private TrailBodies() {}

  /// @param next to be sent as `after` for the next page; null: this was the last
  @Schema(name = "TrailPage")
  record Page(List<Told> entries, @Schema(nullable = true) @Nullable String next) {

    static Page of(List<Entries.Found> found, int most) {
      List<Entries.Found> shown = found.subList(0, Math.min(most, found.size()));
      String next = found.size() > most ? cursor(shown.getLast().entry()).text() : null;
      return new Page(shown.stream().map(Told::of).toList(), next);
    }

    private static EntryCursor cursor(StoredEntry last) {
      return new EntryCursor(last.recordedAt(), last.id());
    }
  }

  /// @param at by the database's clock; of a refusal, when it was written, some seconds later
  /// @param operation as the description of the API names it
  /// @param address the other end of the connection; `node` when nobody asked
  /// @param times how often the same was refused within some seconds
  /// @param needs of a refusal: the permission that was lacking
  /// @param before null: it was not there
  /// @param after null: it is not there any more
  /// @param seal null: it is not sealed yet
  @Schema(name = "TrailEntry")
  record Told(
      String id,
      Instant at,
      @Schema(enumeration = {"done", "forbidden"}) String outcome,
      String operation,
      String actor,
      String requestId,
      String address,
      TrailSubject subject,
      long times,
      @Schema(nullable = true) @Nullable String needs,
      @Schema(type = SchemaType.OBJECT, nullable = true) @JsonRawValue @Nullable String before,
      @Schema(type = SchemaType.OBJECT, nullable = true) @JsonRawValue @Nullable String after,
      @Schema(nullable = true) @Nullable TrailSeal seal) {

    static Told of(Entries.Found found) {
      StoredEntry entry = found.entry();
      return new Told(
          Long.toString(entry.id()),
          entry.recordedAt(),
          entry.outcome(),
          entry.operation(),
          entry.actor(),
          entry.requestId(),
          entry.address(),
          new TrailSubject(entry.subjectKind(), entry.subjectName()),
          entry.times(),
          entry.needs(),
          entry.before(),
          entry.after(),
          TrailSeal.of(found.seal()));
    }
  }

  @Schema(name = "TrailSubject")
  record TrailSubject(String kind, String name) {}

  /// @param sequence counts the tenant's seals without a hole, from 1
  /// @param hash of this and of all before it: whoever keeps one elsewhere can compare it later
  @Schema(name = "TrailSeal")
  record TrailSeal(long sequence, Instant at, String hash) {
    static @Nullable TrailSeal of(Entries.@Nullable Sealed seal) {
      return seal == null ? null : new TrailSeal(seal.sequence(), seal.sealedAt(), seal.hash());
    }
  }
}
