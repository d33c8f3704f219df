package io.holdfast.stock.testing;

import io.holdfast.stock.Attachment;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Participant;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/// A participant that takes its time, in a way and at a moment of the test's choosing.
public final class Dawdler implements Participant<Dawdler.Dawdling> {
  private final Place place;

  public Dawdler(Place place) {
    this.place = place;
  }

  /// What the dawdler does with the transaction's connection, instead of its work.
  @FunctionalInterface
  public interface Pastime {
    void with(Connection transaction) throws SQLException;
  }

  public record Dawdling(Pastime beginning, Pastime writing) implements Attachment {
    public static Dawdling inBegin(Pastime pastime) {
      return new Dawdling(pastime, _ -> {});
    }

    public static Dawdling inWrite(Pastime pastime) {
      return new Dawdling(_ -> {}, pastime);
    }
  }

  /// So many statements that take so long each.
  public static Pastime sleeping(int statements, double seconds) {
    return transaction -> {
      try (Statement statement = transaction.createStatement()) {
        for (int i = 0; i < statements; i++) {
          statement.execute("SELECT pg_sleep(" + seconds + ")");
        }
      }
    };
  }

  @Override
  public String name() {
    return "dawdler";
  }

  @Override
  public Class<Dawdling> attachmentType() {
    return Dawdling.class;
  }

  @Override
  public Place place() {
    return place;
  }

  @Override
  public Turn<Dawdling> begin(Connection transaction, TenantId tenant, List<Dawdling> attachments)
      throws SQLException {
    for (Dawdling dawdling : attachments) {
      dawdling.beginning().with(transaction);
    }
    return new DawdlerTurn(attachments);
  }

  private record DawdlerTurn(List<Dawdling> attachments) implements Turn<Dawdling> {
    @Override
    public Optional<Refusal.RefusedByParticipant> objection(
        Dawdling dawdling, Outcome.Effect effect) {
      return Optional.empty();
    }

    @Override
    public void accept(Dawdling dawdling, Outcome.Effect effect) {}

    @Override
    public void write(Connection transaction) throws SQLException {
      for (Dawdling dawdling : attachments) {
        dawdling.writing().with(transaction);
      }
    }
  }
}
