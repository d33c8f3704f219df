package io.holdfast.stock.decide;

import io.holdfast.stock.Line;
import io.holdfast.stock.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/// A part of a reservation's lines, as somebody names it: by item, and by location where they mind.
///
/// @param taken of the reservation's lines in their order, how much of each
/// @param excesses what there is not enough of for this part
record Part(List<Long> taken, List<Refusal.Excess> excesses) {

  /// @param left how much of a line may be taken
  static Part of(List<HeldLine> lines, List<Line> wanted, ToLongFunction<HeldLine> left) {
    long[] taken = new long[lines.size()];
    List<Refusal.Excess> excesses = new ArrayList<>();
    // Those that name a location first: the others can do with what remains.
    List<Line> inOrder =
        new ArrayList<>(wanted.stream().filter(w -> w.location() != null).toList());
    inOrder.addAll(wanted.stream().filter(w -> w.location() == null).toList());
    for (Line want : inOrder) {
      long open = want.quantity();
      for (int i = 0; i < taken.length && open > 0; i++) {
        HeldLine line = lines.get(i);
        if (isMeant(line, want)) {
          long more = Math.min(open, left.applyAsLong(line) - taken[i]);
          taken[i] += more;
          open -= more;
        }
      }
      if (open > 0) {
        long had = want.quantity() - open;
        excesses.add(new Refusal.Excess(want.sku(), want.location(), want.quantity(), had));
      }
    }
    List<Long> all = new ArrayList<>(taken.length);
    for (long each : taken) {
      all.add(each);
    }
    return new Part(all, excesses);
  }

  /// All that is left of each line.
  static Part all(List<HeldLine> lines, ToLongFunction<HeldLine> left) {
    return new Part(lines.stream().map(left::applyAsLong).toList(), List.of());
  }

  /// An untracked line lies nowhere, so whatever location is named for it will do.
  private static boolean isMeant(HeldLine line, Line want) {
    return line.sku().equals(want.sku())
        && (want.location() == null
            || line.location() == null
            || want.location().equals(line.location()));
  }

  boolean isNothing() {
    return taken.stream().allMatch(each -> each == 0);
  }

  /// The lines with the quantities that were taken, without those of which nothing was.
  List<HeldLine> of(List<HeldLine> lines) {
    return cut(lines, taken);
  }

  /// The lines with what remains of them.
  List<HeldLine> restOf(List<HeldLine> lines) {
    List<Long> rest = new ArrayList<>(lines.size());
    for (int i = 0; i < lines.size(); i++) {
      rest.add(lines.get(i).quantity() - taken.get(i));
    }
    return cut(lines, rest);
  }

  private static List<HeldLine> cut(List<HeldLine> lines, List<Long> quantities) {
    List<HeldLine> cut = new ArrayList<>(lines.size());
    for (int i = 0; i < lines.size(); i++) {
      if (quantities.get(i) > 0) {
        cut.add(lines.get(i).of(quantities.get(i)));
      }
    }
    return cut;
  }
}
