package io.holdfast.server.order;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Members of many things as arrays, one for each column: so a statement writes all of them.
record Columns<T>(Connection connection, PreparedStatement statement, List<T> rows) {
  void set(int index, String type, Function<T, @Nullable Object> member) throws SQLException {
    statement.setArray(index, connection.createArrayOf(type, rows.stream().map(member).toArray()));
  }
}
