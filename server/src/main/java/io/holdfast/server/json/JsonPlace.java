package io.holdfast.server.json;

import com.fasterxml.jackson.core.JsonStreamContext;
import org.jspecify.annotations.Nullable;

/// Where a parser stands, written like `lines[0].quantity`.
final class JsonPlace {
  private JsonPlace() {}

  static String of(@Nullable JsonStreamContext context) {
    if (context == null || context.inRoot()) {
      return "";
    }
    String before = of(context.getParent());
    if (context.inArray()) {
      return before + "[" + context.getCurrentIndex() + "]";
    }
    String name = context.getCurrentName();
    if (name == null) {
      return before;
    }
    return before.isEmpty() ? name : before + "." + name;
  }
}
