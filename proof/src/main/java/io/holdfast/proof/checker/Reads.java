package io.holdfast.proof.checker;

import io.holdfast.proof.history.Call;
import io.holdfast.proof.history.Level;
import io.holdfast.proof.history.Stock;
import java.util.ArrayList;
import java.util.List;

/// What was read of an item and of its levels, held against what can have been there.
final class Reads {

  /// A read and the bounds that it should have stayed within.
  record Read(Call call, Place place, long available, long least, long most) {
    boolean tooLittle() {
      return available < least;
    }

    boolean tooMuch() {
      return available > most;
    }

    String describe() {
      return place.sku()
          + (place.location() == null ? "" : " at " + place.location())
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
                Place item = new Place(sku, null);
                reads.add(read(call, item, stock.available(), supply, claims.taken(sku, null)));
                for (Level level : stock.levels()) {
                  Place place = new Place(sku, level.location());
                  long had = evidence.opening().available(place);
                  reads.add(read(call, place, level.available(), had, claims.taken(place, null)));
                }
              }
            });
    return reads;
  }

  private static Read read(Call call, Place place, long available, long supply, Taken taken) {
    Call.Span span = call.span();
    long least = supply - taken.atMost().max(span.start(), span.end());
    long most = supply - taken.atLeast().min(span.start(), span.end());
    return new Read(call, place, available, least, most);
  }

  /// Those that saw the final state.
  static List<Read> quiet(Evidence evidence, Claims claims) {
    return of(evidence, claims).stream()
        .filter(read -> read.call().span().start() > evidence.quietNanos())
        .toList();
  }
}
