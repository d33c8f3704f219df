package io.holdfast.server.identity;

import java.lang.reflect.Method;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/// What a resource's method needs of whoever asks for it.
sealed interface Need {

  /// Nothing, not even to be known.
  record Nothing() implements Need {}

  /// @param own what is enough for what is the caller's own
  record Permitted(Permission permission, Optional<Permission> own) implements Need {
    boolean isMetBy(Caller caller) {
      return caller.may(permission) || own.filter(caller::may).isPresent();
    }
  }

  /// It does not stand in the table, so nobody may.
  record Undeclared() implements Need {}

  static Need of(Method operation) {
    if (operation.getDeclaringClass().isAnnotationPresent(Open.class)) {
      return new Nothing();
    }
    return Optional.ofNullable(operation.getAnnotation(Operation.class))
        .flatMap(described -> of(described.operationId()))
        .orElseGet(Undeclared::new);
  }

  static Optional<Need> of(String operationId) {
    return Rights.ofOperation(operationId)
        .map(permission -> new Permitted(permission, Rights.ofOwn(operationId)));
  }
}
