package io.holdfast.server.catalog;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// A statement that is put together, and its parameters in their order.
final class Statement {
  private final StringBuilder text = new StringBuilder();
  private final List<Object> values = new ArrayList<>();

  void add(String part, Object... bound) {
    text.append(part);
    values.addAll(List.of(bound));
  }

  /// Another parameter of the last part.
  void bind(Object value) {
    values.add(value);
  }

  Query on(Handle handle) {
    Query query = handle.createQuery(text.toString());
    for (int i = 0; i < values.size(); i++) {
      query.bind(i, values.get(i));
    }
    return query;
  }
}
