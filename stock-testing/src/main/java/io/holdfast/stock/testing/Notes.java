package io.holdfast.stock.testing;

import io.holdfast.stock.Attachment;
import io.holdfast.stock.MovedLevel;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Participant;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.StockCount;
import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A participant as an embedder would write one: notes of their own that commit with the stock. One
/// that says "no" is an objection, one that says "fail" breaks the transaction when it is written,
/// and one that says "stumble" when it is accepted. One that says "levels" notes what moved, too.
public final class Notes implements Participant<Notes.Note> {
  public static final String TABLE_CREATE =
      """
      CREATE TABLE IF NOT EXISTS holdfast.test_notes
          (tenant_id bigint NOT NULL, text text NOT NULL);
      GRANT SELECT, INSERT ON holdfast.test_notes TO holdfast_app""";

  private static final String NOTES_INSERT =
      "INSERT INTO holdfast.test_notes (tenant_id, text) SELECT ?, unnest(?::text[])";

  private final Place place;

  public Notes(Place place) {
    this.place = place;
  }

  public record Note(String text) implements Attachment {}

  @Override
  public String name() {
    return "notes";
  }

  @Override
  public Class<Note> attachmentType() {
    return Note.class;
  }

  @Override
  public Place place() {
    return place;
  }

  @Override
  public Turn<Note> begin(Connection transaction, TenantId tenant, List<Note> attachments) {
    return new NotesTurn(tenant);
  }

  private static final class NotesTurn implements Turn<Note> {
    private final TenantId tenant;
    private final List<String> accepted = new ArrayList<>();

    private NotesTurn(TenantId tenant) {
      this.tenant = tenant;
    }

    @Override
    public Optional<Refusal.RefusedByParticipant> objection(Note note, Outcome.Effect effect) {
      return note.text().equals("no")
          ? Optional.of(new Refusal.RefusedByParticipant("notes", "no_notes", "said no"))
          : Optional.empty();
    }

    @Override
    public void accept(Note note, Outcome.Effect effect) {
      if (note.text().equals("stumble")) {
        throw new IllegalStateException("a note that can't be accepted");
      }
      accepted.add(note.text());
    }

    @Override
    public void moved(Note note, List<MovedLevel> levels) {
      if (note.text().equals("levels")) {
        for (MovedLevel level : levels) {
          StockCount after = level.after();
          accepted.add(level.sku() + ": " + after.available() + " of " + after.onHand());
        }
      }
    }

    @Override
    public void write(Connection transaction) throws SQLException {
      if (accepted.contains("fail")) {
        throw new SQLException("a note that can't be written", "22000");
      }
      try (PreparedStatement insert = transaction.prepareStatement(NOTES_INSERT)) {
        insert.setLong(1, tenant.value());
        insert.setArray(2, transaction.createArrayOf("text", accepted.toArray()));
        insert.executeUpdate();
      }
    }
  }
}
