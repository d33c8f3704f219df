package io.holdfast.stock.transaction;

import java.util.List;
import java.util.function.Predicate;

/// Those who came too late to be asked for when a transaction locked its rows.
@FunctionalInterface
public interface Latecomers {
  /// Takes those along who can be: they are requests of the transaction from then on, behind all
  /// others and in their order.
  ///
  /// @param fits whether a request needs nothing but what is locked and read
  List<Request> join(Predicate<Request> fits);
}
