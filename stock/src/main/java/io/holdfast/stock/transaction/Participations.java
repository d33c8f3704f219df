package io.holdfast.stock.transaction;

import io.holdfast.stock.Attachment;
import io.holdfast.stock.MovedLevel;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Participant;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.TenantId;
import io.holdfast.stock.decide.Changes;
import io.holdfast.stock.decide.LevelChange;
import io.holdfast.stock.decide.LevelKey;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The turns of all participants in one transaction, in the order in which they began.
final class Participations {
  private final List<Participant<?>> participants;
  private final Trips trips;
  private final TenantId tenant;
  private final List<Participation<?>> begun = new ArrayList<>();

  Participations(List<Participant<?>> participants, Trips trips, TenantId tenant) {
    this.participants = participants;
    this.trips = trips;
    this.tenant = tenant;
  }

  /// Whether anybody there has something to look at. A transaction that nobody takes part in costs
  /// no round trip more because somebody could.
  boolean isAnyAt(Participant.Place place, List<Request> requests) {
    return participants.stream()
        .anyMatch(participant -> participant.place() == place && isFor(participant, requests));
  }

  private static boolean isFor(Participant<?> participant, List<Request> requests) {
    for (Request request : requests) {
      for (Attachment attachment : request.call().attachments()) {
        if (participant.attachmentType().isInstance(attachment)) {
          return true;
        }
      }
    }
    return false;
  }

  /// Whether a request can come along after the places before stock have had their turns.
  ///
  /// @param isLastLater whether the other places will have theirs
  boolean mayJoin(Request request, boolean isLastLater) {
    return request.call().attachments().isEmpty()
        || (isLastLater && !isAnyAt(Participant.Place.BEFORE_STOCK, List.of(request)));
  }

  void begin(Participant.Place place, List<Request> requests) throws SQLException {
    if (isAnyAt(place, requests)) {
      trips.limitOthers();
      begun.addAll(Participation.begin(participants, place, trips.connection(), tenant, requests));
    }
  }

  /// Of the first who has one.
  Optional<Refusal.RefusedByParticipant> objection(Request request, Outcome.Effect effect) {
    for (Participation<?> participation : begun) {
      Optional<Refusal.RefusedByParticipant> objection = participation.objection(request, effect);
      if (objection.isPresent()) {
        return objection;
      }
    }
    return Optional.empty();
  }

  void accept(Request request, Outcome.Effect effect, Changes changes) {
    // Nobody looks at a command with nothing attached.
    if (begun.isEmpty() || request.call().attachments().isEmpty()) {
      return;
    }
    List<MovedLevel> moved = moved(changes);
    begun.forEach(participation -> participation.accept(request, effect, moved));
  }

  private static List<MovedLevel> moved(Changes changes) {
    Map<LevelKey, MovedLevel> moved = new LinkedHashMap<>();
    for (LevelChange change : changes.levels()) {
      LevelKey level = change.level();
      moved.put(level, new MovedLevel(level.sku(), level.location(), change.after()));
    }
    return List.copyOf(moved.values());
  }

  void write() throws SQLException {
    for (Participation<?> participation : begun) {
      trips.limitOthers();
      participation.write(trips.connection());
    }
  }
}
