package io.holdfast.proof.checker;

import io.holdfast.proof.history.Action;
import io.holdfast.proof.history.Call;
import io.holdfast.proof.history.Line;
import io.holdfast.proof.history.Operation;
import io.holdfast.proof.history.Wish;
import io.holdfast.proof.shop.Codes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What scenarios are about, and whether it has happened at all.
final class Subjects {

  /// Processes of one client process have numbers below that apart.
  private static final int CLIENT_STRIDE = 10_000;

  private final Claims claims;
  private final List<Deed> deeds;
  private final List<String> missing = new ArrayList<>();

  private Subjects(Claims claims) {
    this.claims = claims;
    this.deeds = claims.operations().stream().flatMap(each -> Deed.of(each).stream()).toList();
  }

  static Subjects of(Claims claims) {
    return new Subjects(claims);
  }

  List<String> severalLines() {
    require(
        "no order of several lines was accepted",
        deed -> deed.wish().action().claims() && deed.wish().lines().size() > 1);
    return missing;
  }

  List<String> changes() {
    require("nothing was changed as it had been seen", Subjects::isChangeAsSeen);
    require("nobody was content with less", deed -> !deed.told().missing().isEmpty());
    require("nothing was extended", deed -> deed.wish() instanceof Wish.Extend);
    require("nothing was committed in part", deed -> !deed.told().released().isEmpty());
    require("nothing came back", deed -> deed.wish() instanceof Wish.Return);
    require("nothing took the place of an older one", Subjects::isReplacing);
    require("nothing was done together", deed -> deed.operation().action() == Action.TOGETHER);
    requireRefusal("no change came too late", Action.CHANGE, Codes.VERSION_CONFLICT);
    requireRefusal("nothing was ended twice", Action.COMMIT, Codes.RESERVATION_NOT_HELD);
    requireRefusal("nothing came back twice", Action.RETURN, Codes.MORE_THAN_RESERVED);
    requireRefusal("nothing together was refused", Action.TOGETHER, Codes.INSUFFICIENT_STOCK);
    requireRace("no two processes were at one reservation", call -> call.wish().reservation());
    return missing;
  }

  List<String> locations() {
    require("nothing was served from several locations", Subjects::isSplit);
    require("nothing was bought where it was named", Subjects::isNamed);
    require("nothing was moved", deed -> deed.wish() instanceof Wish.Transfer);
    require("nothing was counted", deed -> deed.wish() instanceof Wish.Count);
    require("nothing was found that was not known", Subjects::isFound);
    require("nothing was done together", deed -> deed.operation().action() == Action.TOGETHER);
    requireRefusal("nothing moved while it was counted", Action.COUNT, Codes.VERSION_CONFLICT);
    requireRace("no two processes moved one item", Subjects::moved);
    return missing;
  }

  List<String> restocks() {
    require("nothing was received", deed -> deed.wish() instanceof Wish.Receive);
    requireRefusal("nobody came too early", Action.PURCHASE, Codes.INSUFFICIENT_STOCK);
    requireRace("no two processes brought one item", Subjects::received);
    return missing;
  }

  List<String> limits(Map<String, Opening.Limit> limits) {
    requireRefusal("nobody came to a limit", Action.PURCHASE, Codes.LIMIT_EXCEEDED);
    requireRefusal("nobody wanted more than a limit", Action.CHANGE, Codes.LIMIT_EXCEEDED);
    require("nothing came back", deed -> deed.wish() instanceof Wish.Return);
    requireRace("no two processes were one customer", call -> call.wish().customer());
    limits.forEach(
        (sku, limit) -> {
          if (!isReached(sku, limit)) {
            missing.add("nobody had all that they may have of " + sku);
          }
        });
    boolean isAgain =
        limits.entrySet().stream().anyMatch(limit -> isBeyond(limit.getKey(), limit.getValue()));
    if (!isAgain) {
      missing.add("nobody bought again after the time of a limit");
    }
    return missing;
  }

  private boolean isReached(String sku, Opening.Limit limit) {
    return claims.lives().stream()
        .flatMap(life -> life.customer().stream())
        .distinct()
        .anyMatch(
            customer -> WithinLimits.most(claims, customer, sku, limit) == limit.maxQuantity());
  }

  /// Whether somebody bought more in all than they may have at a time.
  private boolean isBeyond(String sku, Opening.Limit limit) {
    Map<String, Long> bought = new HashMap<>();
    for (Deed deed : deeds) {
      if (deed.wish() instanceof Wish.Purchase purchase) {
        long units = Place.sumBySku(purchase.lines()).getOrDefault(sku, 0L);
        bought.merge(purchase.customer(), units, Math::addExact);
      }
    }
    return bought.values().stream().anyMatch(units -> units > limit.maxQuantity());
  }

  private void require(String otherwise, Predicate<Deed> subject) {
    if (deeds.stream().noneMatch(subject)) {
      missing.add(otherwise);
    }
  }

  private void requireRefusal(String otherwise, Action action, String code) {
    boolean isRefused =
        claims.operations().stream()
            .filter(operation -> operation.action() == action)
            .flatMap(operation -> operation.calls().stream())
            .anyMatch(call -> call.refusedAs(code));
    if (!isRefused) {
      missing.add(otherwise);
    }
  }

  /// Two calls that were under way at once, by two client processes, about the same thing.
  private void requireRace(String otherwise, Function<Call, @Nullable String> subject) {
    Map<String, Call> latest = new HashMap<>();
    boolean isRace = false;
    List<Call> calls =
        claims.operations().stream()
            .map(Operation::calls)
            .flatMap(List::stream)
            .sorted(Comparator.comparingLong(call -> call.span().start()))
            .toList();
    for (Call call : calls) {
      String about = subject.apply(call);
      if (about != null) {
        Call before = latest.put(about, call);
        isRace |=
            before != null
                && before.process() / CLIENT_STRIDE != call.process() / CLIENT_STRIDE
                && before.span().end() > call.span().start();
      }
    }
    if (!isRace) {
      missing.add(otherwise);
    }
  }

  private static boolean isChangeAsSeen(Deed deed) {
    return deed.wish() instanceof Wish.Change change && change.version() != null;
  }

  private static boolean isReplacing(Deed deed) {
    return deed.wish() instanceof Wish.Reserve reserve && reserve.replaces() != null;
  }

  private static boolean isSplit(Deed deed) {
    return deed.wish().action().claims()
        && deed.wish().lines().stream().allMatch(line -> line.location() == null)
        && deed.told().lines().size() > deed.wish().lines().size();
  }

  private static boolean isNamed(Deed deed) {
    return deed.wish().action().claims()
        && deed.wish().lines().stream().map(Line::location).anyMatch(where -> where != null);
  }

  private static boolean isFound(Deed deed) {
    Long change = deed.told().change();
    return change != null && change != 0;
  }

  private static @Nullable String received(Call call) {
    return call.wish() instanceof Wish.Receive receive ? receive.sku() : null;
  }

  private static @Nullable String moved(Call call) {
    return call.wish() instanceof Wish.Transfer transfer ? transfer.sku() : null;
  }
}
