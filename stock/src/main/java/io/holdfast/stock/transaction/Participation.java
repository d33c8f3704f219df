package io.holdfast.stock.transaction;

import io.holdfast.stock.Attachment;
import io.holdfast.stock.MovedLevel;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Participant;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One participant's turn in one transaction.
final class Participation<A extends Attachment> {
  private final Class<A> attachmentType;
  private final Participant.Turn<A> turn;

  private Participation(Class<A> attachmentType, Participant.Turn<A> turn) {
    this.attachmentType = attachmentType;
    this.turn = turn;
  }

  /// Gives every participant of this place that has something to look at its turn.
  static List<Participation<?>> begin(
      List<Participant<?>> participants,
      Participant.Place place,
      Connection transaction,
      TenantId tenant,
      List<Request> requests)
      throws SQLException {
    List<Participation<?>> begun = new ArrayList<>();
    for (Participant<?> participant : participants) {
      if (participant.place() == place) {
        begin(participant, transaction, tenant, requests).ifPresent(begun::add);
      }
    }
    return begun;
  }

  private static <A extends Attachment> Optional<Participation<A>> begin(
      Participant<A> participant, Connection transaction, TenantId tenant, List<Request> requests)
      throws SQLException {
    List<A> attachments =
        requests.stream()
            .flatMap(request -> request.call().attachments().stream())
            .filter(participant.attachmentType()::isInstance)
            .map(participant.attachmentType()::cast)
            .toList();
    if (attachments.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Participation<>(
            participant.attachmentType(), participant.begin(transaction, tenant, attachments)));
  }

  Optional<Refusal.RefusedByParticipant> objection(Request request, Outcome.Effect effect) {
    for (A attachment : attachmentsOf(request)) {
      Optional<Refusal.RefusedByParticipant> objection = turn.objection(attachment, effect);
      if (objection.isPresent()) {
        return objection;
      }
    }
    return Optional.empty();
  }

  void accept(Request request, Outcome.Effect effect, List<MovedLevel> moved) {
    for (A attachment : attachmentsOf(request)) {
      turn.accept(attachment, effect);
      if (!moved.isEmpty()) {
        turn.moved(attachment, moved);
      }
    }
  }

  void write(Connection transaction) throws SQLException {
    turn.write(transaction);
  }

  private List<A> attachmentsOf(Request request) {
    return request.call().attachments().stream()
        .filter(attachmentType::isInstance)
        .map(attachmentType::cast)
        .toList();
  }
}
