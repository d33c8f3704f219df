package io.holdfast.server.identity;

import java.lang.reflect.Method;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/// What a resource's method needs of whoever asks for it.
sealed interface Need {

  /// Nothing, not even to be known.
  record Nothing() implements Need {}

  record Permitted(Permission permission) implements Need {}

  /// It does not stand in the table, so nobody may.
  record Undeclared() implements Need {}

  static Need of(Method operation) {
    if (operation.getDeclaringClass().isAnnotationPresent(Open.class)) {
      return new Nothing();
    }
    return Optional.ofNullable(operation.getAnnotation(Operation.class))
        .flatMap(described -> Rights.ofOperation(described.operationId()))
        .<Need>map(Permitted::new)
        .orElseGet(Undeclared::new);
  }
}
