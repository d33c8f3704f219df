package io.holdfast.server.audit;

import io.holdfast.server.json.JsonMembers;
import io.holdfast.stock.Finding;
import io.holdfast.stock.QuarantinedLevel;
import io.holdfast.stock.Reason;
import io.holdfast.stock.StockVerifier.Difference;
import io.holdfast.stock.TenantStanding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What the routes of audits read and write.
final class AuditBodies {
  private AuditBodies() {}

  /// @param levels how many there were at the last audit
  /// @param auditedAt when it was completed; null: the tenant has not been audited yet
  /// @param fullyAuditedAt when everything was recomputed last
  /// @param findings those that nobody has acknowledged
  @Schema(name = "AuditStanding")
  record Standing(
      long levels,
      @Schema(nullable = true) @Nullable Instant auditedAt,
      @Schema(nullable = true) @Nullable Instant fullyAuditedAt,
      long findings,
      long quarantinedLevels) {

    static Standing of(TenantStanding standing) {
      return new Standing(
          standing.levels(),
          standing.auditedAt().orElse(null),
          standing.fullyAuditedAt().orElse(null),
          standing.findings(),
          standing.quarantined());
    }
  }

  @Schema(name = "QuarantinedLevels")
  record QuarantinedLevels(List<Level> levels) {}

  /// The numbers are those that it was found with.
  @Schema(name = "QuarantinedLevel")
  record Level(
      String sku,
      String location,
      String reason,
      Instant since,
      long onHand,
      long reserved,
      long safetyStock,
      long version) {

    static Level of(QuarantinedLevel level) {
      return new Level(
          level.sku(),
          level.location(),
          level.reason(),
          level.since(),
          level.found().onHand(),
          level.found().reserved(),
          level.found().safetyStock(),
          level.found().version());
    }
  }

  /// @param next to be sent as `after` for the next page; null: this was the last
  @Schema(name = "FindingPage")
  record Page(List<Found> findings, @Schema(nullable = true) @Nullable String next) {

    static Page of(List<Finding> found, int most) {
      List<Finding> shown = found.subList(0, Math.min(most, found.size()));
      String next = found.size() > most ? Long.toString(shown.getLast().id()) : null;
      return new Page(shown.stream().map(Found::of).toList(), next);
    }
  }

  /// @param check what was compared
  /// @param row of which row, by its key
  /// @param acknowledgement null: nobody has said that it is known
  @Schema(name = "Finding")
  record Found(
      String id,
      String check,
      String row,
      String expected,
      String found,
      Instant firstSeenAt,
      Instant lastSeenAt,
      @Schema(nullable = true) @Nullable Acknowledgement acknowledgement) {

    static Found of(Finding finding) {
      Difference difference = finding.difference();
      return new Found(
          Long.toString(finding.id()),
          difference.check(),
          difference.row(),
          difference.expected(),
          difference.found(),
          finding.firstSeenAt(),
          finding.lastSeenAt(),
          Acknowledgement.of(finding.acknowledgement()));
    }
  }

  @Schema(name = "Acknowledgement")
  record Acknowledgement(String by, String reason, Instant at) {

    static @Nullable Acknowledgement of(Optional<Finding.Acknowledgement> known) {
      return known.map(who -> new Acknowledgement(who.by(), who.reason(), who.at())).orElse(null);
    }
  }

  @Schema(name = "NewAcknowledgement")
  record NewAcknowledgement(
      @Schema(
              required = true,
              minLength = 1,
              maxLength = 200,
              description = "why it may stay as it is")
          String reason) {

    static Reason read(JsonMembers members) {
      return members.only("reason").text("reason", Reason::new);
    }
  }
}
