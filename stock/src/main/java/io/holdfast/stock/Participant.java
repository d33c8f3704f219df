package io.holdfast.stock;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Takes part in the engine's transactions without the engine knowing it: what it writes commits
/// with the stock or not at all. It works on sets, over all commands of a transaction that carry an
/// [Attachment] of its type, so that its cost is per batch and not per command.
///
/// For each transaction the engine calls [#begin] once, at the participant's place in the lock
/// order; then, for each command that took effect so far, in the order of deciding,
/// [Turn#objection] of every participant and, if nobody objects, [Turn#accept] of every one and
/// [Turn#moved] where it moved stock; then [Turn#write] once. A transaction may be done again from
/// the start with the same attachments, so nothing may be remembered outside the turn. An objection
/// that throws fails its command alone; anything else that throws rolls the transaction back, and
/// its commands are tried in smaller transactions until the one to blame is alone. A command whose
/// key was answered before is replayed without any participant.
///
/// @param <A> the attachments it looks at
public interface Participant<A extends Attachment> {
  /// Where its locks stand in the one global lock order. Within a place, participants lock in the
  /// order in which the engine was given them.
  enum Place {
    /// After reservations, before stock: limits and waitlists.
    BEFORE_STOCK,
    /// After stock: number series.
    AFTER_STOCK,
    /// After everything else: rows of one's own, outboxes.
    LAST
  }

  /// For messages; [Refusal.RefusedByParticipant] is to carry it.
  String name();

  /// The attachments that it is given. Of any other type it sees nothing.
  Class<A> attachmentType();

  /// Where it stands in the lock order, always the same.
  Place place();

  /// Locks, then reads, what the attachments need.
  Turn<A> begin(Connection transaction, TenantId tenant, List<A> attachments) throws SQLException;

  /// One transaction's work.
  interface Turn<A extends Attachment> {
    /// Says no, or nothing. Pure: no I/O, and nothing is noted.
    Optional<Refusal.RefusedByParticipant> objection(A attachment, Outcome.Effect effect);

    /// Takes note of an effect to be written. No I/O.
    void accept(A attachment, Outcome.Effect effect);

    /// Takes note of the levels that the effect just accepted has moved, those that it gave
    /// something back to among them. No I/O. Whoever has nothing to do with levels leaves it as it
    /// is.
    ///
    /// @param levels each level once, as the command has left it
    default void moved(A attachment, List<MovedLevel> levels) {}

    /// Writes what was noted, as sets.
    void write(Connection transaction) throws SQLException;
  }
}
