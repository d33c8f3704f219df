package io.holdfast.stock.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.stock.archive.Archives;
import io.holdfast.stock.audit.Audits;
import io.holdfast.stock.audit.FindingBook;
import io.holdfast.stock.audit.Findings;
import io.holdfast.stock.audit.LevelRows;
import io.holdfast.stock.audit.LostLevelStage;
import io.holdfast.stock.audit.Marks;
import io.holdfast.stock.audit.Suspects;
import io.holdfast.stock.checkpoint.CheckpointRows;
import io.holdfast.stock.checkpoint.HeadRows;
import io.holdfast.stock.checkpoint.LedgerHeads;
import io.holdfast.stock.schema.Migration;
import io.holdfast.stock.store.CallersSession;
import io.holdfast.stock.store.DueReservations;
import io.holdfast.stock.store.FenceSequence;
import io.holdfast.stock.store.FoundReservations;
import io.holdfast.stock.store.IdempotencyKeys;
import io.holdfast.stock.store.Movements;
import io.holdfast.stock.store.Policies;
import io.holdfast.stock.store.Quarantines;
import io.holdfast.stock.store.Reckonings;
import io.holdfast.stock.store.Register;
import io.holdfast.stock.store.Reservations;
import io.holdfast.stock.store.Retentions;
import io.holdfast.stock.store.SnapshotReader;
import io.holdfast.stock.store.StockLevels;
import io.holdfast.stock.store.Transactions;
import io.holdfast.stock.verify.LedgerCheck;
import io.holdfast.stock.verify.LevelNameCheck;
import io.holdfast.stock.verify.ReservationCheck;
import io.holdfast.stock.verify.ReservedCheck;
import io.holdfast.stock.verify.SchemaFacts;
import io.holdfast.stock.verify.SealCheck;
import io.holdfast.stock.verify.TallyCheck;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Every statement of the engine fits the migrated schema, with the application's rights.
class StatementsTest {
  private static final List<Class<?>> TABLES =
      List.of(
          Archives.class,
          Audits.class,
          CheckpointRows.class,
          DueReservations.class,
          FenceSequence.class,
          FindingBook.class,
          Findings.class,
          FoundReservations.class,
          HeadRows.class,
          CallersSession.class,
          IdempotencyKeys.class,
          Migration.class,
          LedgerHeads.class,
          LevelRows.class,
          LostLevelStage.class,
          Marks.class,
          Movements.class,
          Policies.class,
          Quarantines.class,
          Reckonings.class,
          Register.class,
          Retentions.class,
          Reservations.class,
          SnapshotReader.class,
          StockLevels.class,
          Suspects.class,
          Transactions.class,
          LedgerCheck.class,
          LevelNameCheck.class,
          ReservationCheck.class,
          ReservedCheck.class,
          SchemaFacts.class,
          SealCheck.class,
          TallyCheck.class);

  @Test
  void everyStatementCanBePrepared() throws SQLException {
    List<String> statements = TABLES.stream().flatMap(t -> statements(t).stream()).toList();
    assertTrue(statements.size() > 25, "the constants were found");
    try (Connection connection = TestDatabase.shared().connect()) {
      for (String statement : statements) {
        try (PreparedStatement prepared = connection.prepareStatement(statement)) {
          // Asking for the parameters makes the server parse it.
          assertTrue(prepared.getParameterMetaData().getParameterCount() >= 0, statement);
        }
      }
    }
  }

  private static List<String> statements(Class<?> table) {
    List<String> statements = new ArrayList<>();
    for (Field field : table.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
        statements.add(value(field));
      }
    }
    assertTrue(!statements.isEmpty(), () -> table + " has " + Arrays.toString(table.getFields()));
    return statements;
  }

  private static String value(Field field) {
    try {
      return (String) field.get(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(field + " is to be public", e);
    }
  }
}
