package io.holdfast.proof.checker;

import io.holdfast.proof.history.Call;
import io.holdfast.proof.history.Stock;
import java.util.ArrayList;
import java.util.List;

/// What was read of an item, held against what can have been there.
final class Reads {

  /// A read and the bounds that it should have stayed within.
  record Read(Call call, String sku, long available, long least, long most) {
    boolean tooLittle() {
      return available < least;
    }

    boolean tooMuch() {
      return available > most;
    }

    String describe() {
      return sku
          + ": "
          + available
          + " available, but "
          + (least == most ? "exactly " + least : "between " + least + " and " + most)
          + " by the answers given";
    }
  }

  private Reads() {}

  static List<Read> of(Evidence evidence, Claims claims) {
    List<Read> reads = new ArrayList<>();
    evidence
        .history()
        .reads()
        .filter(Call::accepted)
        .forEach(
            call -> {
              Stock stock = call.answered().stock();
              String sku = call.asked().lines().getFirst().sku();
              Long supply = evidence.supply().get(sku);
              if (stock != null && supply != null) {
                long least =
                    supply - claims.atMost(sku).max(call.span().start(), call.span().end());
                long most =
                    supply - claims.atLeast(sku).min(call.span().start(), call.span().end());
                reads.add(new Read(call, sku, stock.available(), least, most));
              }
            });
    return reads;
  }

  /// Those that saw the final state.
  static List<Read> quiet(Evidence evidence, Claims claims) {
    return of(evidence, claims).stream()
        .filter(read -> read.call().span().start() > evidence.quietNanos())
        .toList();
  }
}
