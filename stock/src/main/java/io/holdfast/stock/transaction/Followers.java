package io.holdfast.stock.transaction;

import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/// Those who wait while a transaction is on its way, because they want the same rows.
public interface Followers extends Latecomers {
  /// Of a transaction for which nobody is held back.
  Followers NONE =
      new Followers() {
        @Override
        public List<Request> join(Predicate<Request> fits) {
          return List.of();
        }

        @Override
        public void over(Collection<Request> requests) {}
      };

  /// The transaction of these is over, and none of them is answered yet. Not told of those that
  /// fail.
  void over(Collection<Request> requests);
}
