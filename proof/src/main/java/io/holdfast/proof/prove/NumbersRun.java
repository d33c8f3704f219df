package io.holdfast.proof.prove;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.proof.checker.ChainFindings;
import io.holdfast.proof.checker.Invariant;
import io.holdfast.proof.checker.Judgement;
import io.holdfast.proof.checker.Verdict;
import io.holdfast.proof.fault.NodeKill;
import io.holdfast.proof.history.Ticker;
import io.holdfast.proof.ordering.Basket;
import io.holdfast.proof.ordering.Crowd;
import io.holdfast.proof.ordering.GaplessNumbers;
import io.holdfast.proof.ordering.Listed;
import io.holdfast.proof.ordering.Placing;
import io.holdfast.proof.report.Counts;
import io.holdfast.proof.report.RunResult;
import io.holdfast.proof.shop.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The scenario about order numbers: many place orders at once at all nodes, one of which is killed
/// where it is ours, and it is judged who got which number.
final class NumbersRun implements FocusedRun {
  private static final long RELEASE_AFTER_NANOS = 200_000_000;
  private static final long KILL_AFTER_NANOS = 900_000_000;
  private static final long DOWN_MILLIS = 500;
  private static final int PAGE = 200;

  private final Arena arena;
  private final Target target;
  private final String run;

  /// @param run names items and keys; new for every run
  NumbersRun(Arena arena, Target target, String run) {
    this.arena = arena;
    this.target = target;
    this.run = run;
  }

  @Override
  public Recorded run(PlanSource plans, ChainFindings before) throws Exception {
    try (Desk desk = new Desk(target)) {
      PricedItems.stock(desk, Basket.skus(run), Crowd.SUPPLY);
      long last = last(desk);
      long start = Ticker.nanos() + RELEASE_AFTER_NANOS;
      Optional<NodeKill> kill =
          arena.victim().map(node -> NodeKill.at(start + KILL_AFTER_NANOS, DOWN_MILLIS, node));
      List<Placing> placings = new Crowd(target.nodes(), run, plans.seed()).run(start);
      int kills = kill.isPresent() ? kill.get().kills() : 0;
      GaplessNumbers check = new GaplessNumbers(placings, orders(desk, last), last, last(desk));
      return new Recorded(
          result(plans, before, check, kills), placings.stream().map(Json::write).toList());
    }
  }

  private RunResult result(
      PlanSource plans, ChainFindings before, GaplessNumbers check, int kills) {
    Map<Invariant, Verdict> verdicts =
        Map.of(
            Invariant.I1, check.supplied(Crowd.SUPPLY),
            Invariant.I4, check.keys(),
            Invariant.I7, check.numbers(),
            Invariant.I10, check.kept());
    Counts counts = counts(check);
    return new RunResult(
        arena.name(),
        plans.draw(),
        target.urls().size(),
        counts,
        Judgement.only(
            verdicts,
            "only orders are looked at here",
            check.missing(kills, counts.peakInFlight())),
        before.differences());
  }

  /// The last number that was given out.
  private static long last(Desk desk) throws IOException {
    return desk.found("/v1/order-numbers").path("last").longValue();
  }

  /// The newest first, back to where none has a number that was given out in the run.
  private List<Listed> orders(Desk desk, long before) throws IOException {
    List<Listed> orders = new ArrayList<>();
    String after = "";
    while (true) {
      JsonNode page = desk.found("/v1/orders?limit=" + PAGE + after);
      boolean isAnyOfRun = false;
      for (JsonNode order : page.path("orders")) {
        Listed listed = listed(order);
        orders.add(listed);
        isAnyOfRun |= listed.isOfRun();
      }
      if (!page.path("next").isTextual() || (before > 0 && !isAnyOfRun)) {
        return orders;
      }
      after = "&after=" + page.path("next").textValue();
    }
  }

  private Listed listed(JsonNode order) {
    Map<String, Long> units = new HashMap<>();
    for (JsonNode line : order.path("lines")) {
      units.merge(line.path("sku").asText(), line.path("quantity").longValue(), Long::sum);
    }
    boolean isOfRun = units.keySet().stream().anyMatch(sku -> sku.startsWith(run + "-"));
    return new Listed(order.path("id").asText(), order.path("number").asText(), units, isOfRun);
  }

  private static Counts counts(GaplessNumbers check) {
    return Counts.of(
        check.placings().stream().map(each -> each.answer().span()).toList(),
        check.placed().values().stream().mapToLong(tries -> tries.getFirst().units()).sum(),
        check.placings().stream().filter(each -> each.answer().isShort()).count(),
        check.placings().stream().filter(each -> each.answer().isUnknown()).count(),
        check.resolved());
  }
}
