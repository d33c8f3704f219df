package io.holdfast.server.request;

import io.vertx.core.http.HttpMethod;
import java.util.Set;

/// Methods that only read (RFC 9110, 9.2.1), whoever has a browser send them.
public final class SafeMethods {
  private static final Set<HttpMethod> METHODS =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private SafeMethods() {}

  public static boolean contain(HttpMethod method) {
    return METHODS.contains(method);
  }
}
