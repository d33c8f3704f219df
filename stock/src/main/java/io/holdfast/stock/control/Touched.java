package io.holdfast.stock.control;

import io.holdfast.stock.transaction.Request;
import java.util.HashMap;
import java.util.Map;

/// The rows that some requests touch, so far as that is known. One that touches others, too, meets
/// everybody.
final class Touched {
  private final Map<Object, Integer> requestsByName = new HashMap<>();
  private int requests;
  private int withMore;

  void add(Request request) {
    requests++;
    withMore += request.touchesMore() ? 1 : 0;
    for (Object name : request.touched()) {
      requestsByName.merge(name, 1, Integer::sum);
    }
  }

  void remove(Request request) {
    requests--;
    withMore -= request.touchesMore() ? 1 : 0;
    for (Object name : request.touched()) {
      requestsByName.computeIfPresent(name, (_, count) -> count == 1 ? null : count - 1);
    }
  }

  void clear() {
    requestsByName.clear();
    requests = 0;
    withMore = 0;
  }

  /// Whether `request` may touch a row that one of these touches.
  boolean meets(Request request) {
    if (withMore > 0 || (requests > 0 && request.touchesMore())) {
      return true;
    }
    for (Object name : request.touched()) {
      if (requestsByName.containsKey(name)) {
        return true;
      }
    }
    return false;
  }

  boolean isEmpty() {
    return requests == 0;
  }
}
