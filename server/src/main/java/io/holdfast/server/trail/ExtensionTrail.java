package io.holdfast.server.trail;

import io.holdfast.server.origin.RequestOrigin;
import io.holdfast.stock.Actor;
import io.holdfast.stock.Attachment;
import io.holdfast.stock.Command;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Participant;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.ReservationId;
import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Tells the trail of reservations that were extended: of all commands the one that never moves
/// stock. It takes part in the engine's transaction, so extension and entry are both there, or
/// neither is.
public final class ExtensionTrail implements Participant<ExtensionTrail.Asked> {
  /// The engine has locked the rows by then.
  static final String EXPIRIES_READ =
      """
      SELECT reservation_id, expires_at FROM holdfast.reservations
      WHERE tenant_id = ? AND reservation_id = ANY (?)
      """;

  private final Trail trail;

  public ExtensionTrail(Trail trail) {
    this.trail = trail;
  }

  /// By whom and by which request reservations are to be extended.
  public record Asked(Actor actor, RequestOrigin origin, List<ReservationId> reservations)
      implements Attachment {
    public Asked {
      reservations = List.copyOf(reservations);
    }

    /// Empty for a command that extends nothing.
    public static Optional<Asked> by(Actor actor, RequestOrigin origin, Command command) {
      List<ReservationId> reservations = extended(command);
      return reservations.isEmpty()
          ? Optional.empty()
          : Optional.of(new Asked(actor, origin, reservations));
    }

    private static List<ReservationId> extended(Command command) {
      if (command instanceof Command.Extend extend) {
        return List.of(extend.reservation());
      }
      return command instanceof Command.Together(List<Command> parts)
          ? parts.stream().flatMap(part -> extended(part).stream()).toList()
          : List.of();
    }
  }

  @Override
  public String name() {
    return "trail";
  }

  @Override
  public Class<Asked> attachmentType() {
    return Asked.class;
  }

  @Override
  public Place place() {
    return Place.LAST;
  }

  @Override
  public Turn<Asked> begin(Connection transaction, TenantId tenant, List<Asked> attachments)
      throws SQLException {
    UUID[] ids =
        attachments.stream()
            .flatMap(asked -> asked.reservations().stream())
            .map(ReservationId::value)
            .distinct()
            .toArray(UUID[]::new);
    Map<ReservationId, Instant> expiries = new HashMap<>();
    try (PreparedStatement read = transaction.prepareStatement(EXPIRIES_READ)) {
      read.setLong(1, tenant.value());
      read.setArray(2, transaction.createArrayOf("uuid", ids));
      try (ResultSet rows = read.executeQuery()) {
        while (rows.next()) {
          OffsetDateTime expiresAt = rows.getObject(2, OffsetDateTime.class);
          if (expiresAt != null) {
            expiries.put(new ReservationId(rows.getObject(1, UUID.class)), expiresAt.toInstant());
          }
        }
      }
    }
    return new ExtensionTurn(tenant, expiries);
  }

  private final class ExtensionTurn implements Turn<Asked> {
    private final TenantId tenant;

    /// As they are by what was accepted so far.
    private final Map<ReservationId, Instant> expiries;

    private final List<Trail.Done> done = new ArrayList<>();

    private ExtensionTurn(TenantId tenant, Map<ReservationId, Instant> expiries) {
      this.tenant = tenant;
      this.expiries = expiries;
    }

    @Override
    public Optional<Refusal.RefusedByParticipant> objection(Asked asked, Outcome.Effect effect) {
      return Optional.empty();
    }

    @Override
    public void accept(Asked asked, Outcome.Effect effect) {
      effects(effect).forEach(one -> note(asked, one));
    }

    private void note(Asked asked, Outcome.Effect effect) {
      if (effect instanceof Outcome.Reserved reserved) {
        expiries.put(reserved.reservation(), reserved.expiresAt());
      }
      if (effect instanceof Outcome.Changed changed) {
        expiries.put(changed.reservation(), changed.expiresAt());
      }
      if (effect instanceof Outcome.Extended(var id, _, var expiresAt)) {
        Instant before = expiries.put(id, expiresAt);
        Change change =
            new Change(Subject.reservation(id.toString()), state(before), state(expiresAt));
        done.add(new Trail.Done(asked.actor(), asked.origin(), change));
      }
    }

    @Override
    public void write(Connection transaction) throws SQLException {
      trail.addAll(transaction, tenant, done);
    }

    private static Stream<Outcome.Effect> effects(Outcome.Effect effect) {
      return effect instanceof Outcome.DoneTogether(List<Outcome.Effect> parts)
          ? parts.stream()
          : Stream.of(effect);
    }

    private static State state(@Nullable Instant expiresAt) {
      return State.exists().and("expires_at", expiresAt);
    }
  }
}
