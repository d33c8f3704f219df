package io.holdfast.stock.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Several statements sent to the database together and answered together. The database runs them
/// one after the other, so a later one sees what an earlier one did, and each has a snapshot of its
/// own.
///
/// The results are read in the order of the statements, each exactly once, as [#rows()] or
/// [#count()].
public final class RoundTrip implements AutoCloseable {
  private final Connection connection;
  private final List<String> statements = new ArrayList<>();
  private final List<Object> parameters = new ArrayList<>();
  private @Nullable PreparedStatement sent;
  private boolean started;
  private int settings;

  public RoundTrip(Connection connection) {
    this.connection = connection;
  }

  /// Adds one whole statement with the values of its placeholders, in order. A value is a `Long`, a
  /// `String`, a `UUID`, a `byte[]`, a [Missing] or null, or an array of these, which becomes an
  /// SQL array.
  public RoundTrip add(String statement, @Nullable Object... values) {
    statements.add(statement);
    parameters.addAll(Arrays.asList(values));
    return this;
  }

  /// Adds a statement whose answer is of no interest; only in front of all others.
  RoundTrip addSetting(String statement, Object... values) {
    if (settings != statements.size()) {
      throw new IllegalStateException("settings come first");
    }
    settings++;
    return add(statement, values);
  }

  public void send() throws SQLException {
    PreparedStatement statement = connection.prepareStatement(String.join(";\n", statements));
    sent = statement;
    for (int i = 0; i < parameters.size(); i++) {
      set(statement, i + 1, parameters.get(i));
    }
    statement.execute();
    for (int i = 0; i < settings; i++) {
      advance();
    }
  }

  /// The rows of the next statement.
  public ResultSet rows() throws SQLException {
    PreparedStatement statement = advance();
    ResultSet rows = statement.getResultSet();
    if (rows == null) {
      throw new IllegalStateException("this statement has no rows");
    }
    return rows;
  }

  /// How many rows the next statement wrote.
  public int count() throws SQLException {
    PreparedStatement statement = advance();
    int count = statement.getUpdateCount();
    if (count < 0) {
      throw new IllegalStateException("this statement writes no rows");
    }
    return count;
  }

  /// Whether the next statement has any row.
  public boolean found() throws SQLException {
    try (ResultSet rows = rows()) {
      return rows.next();
    }
  }

  private PreparedStatement advance() throws SQLException {
    PreparedStatement statement = sent;
    if (statement == null) {
      throw new IllegalStateException("not sent yet");
    }
    if (started) {
      statement.getMoreResults();
    }
    started = true;
    return statement;
  }

  private void set(PreparedStatement statement, int index, @Nullable Object value)
      throws SQLException {
    switch (value) {
      case null -> statement.setNull(index, Types.NULL);
      case Missing.TEXT -> statement.setNull(index, Types.VARCHAR);
      case Missing.NUMBER -> statement.setNull(index, Types.BIGINT);
      case Missing.ID -> statement.setNull(index, Types.OTHER, "uuid");
      case Missing.BYTES -> statement.setNull(index, Types.BINARY);
      case Long number -> statement.setLong(index, number);
      case Integer number -> statement.setInt(index, number);
      case String text -> statement.setString(index, text);
      case UUID uuid -> statement.setObject(index, uuid);
      case byte[] bytes -> statement.setBytes(index, bytes);
      case Long[] numbers -> setArray(statement, index, "bigint", numbers);
      case String[] texts -> setArray(statement, index, "text", texts);
      case UUID[] uuids -> setArray(statement, index, "uuid", uuids);
      case byte[][] bytes -> setArray(statement, index, "bytea", bytes);
      default -> throw new IllegalArgumentException("no SQL form for " + value.getClass());
    }
  }

  private void setArray(PreparedStatement statement, int index, String type, Object[] elements)
      throws SQLException {
    statement.setArray(index, connection.createArrayOf(type, elements));
  }

  @Override
  public void close() throws SQLException {
    if (sent != null) {
      sent.close();
    }
  }
}
