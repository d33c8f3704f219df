package io.holdfast.proof.prove;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.proof.checker.ChainFindings;
import io.holdfast.proof.checker.Invariant;
import io.holdfast.proof.checker.Judgement;
import io.holdfast.proof.checker.Verdict;
import io.holdfast.proof.fault.NodeKill;
import io.holdfast.proof.history.Stock;
import io.holdfast.proof.history.Ticker;
import io.holdfast.proof.ordering.Basket;
import io.holdfast.proof.payment.Messenger;
import io.holdfast.proof.payment.Payer;
import io.holdfast.proof.payment.Payers;
import io.holdfast.proof.payment.Payments;
import io.holdfast.proof.payment.Shopfront;
import io.holdfast.proof.report.Counts;
import io.holdfast.proof.report.RunResult;
import io.holdfast.proof.shop.Json;
import io.holdfast.proof.shop.Try;
import io.holdfast.proof.till.Till;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The scenario about payments: many pay at all nodes at once, one of which is killed where it is
/// ours, at a provider that loses requests and answers and tells of what happened twice and in any
/// order; and it is judged who was charged for what.
final class PaymentsRun implements FocusedRun {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long RELEASE_AFTER_NANOS = 200_000_000;
  private static final long KILL_AFTER_NANOS = 900_000_000;
  private static final long DOWN_MILLIS = 500;
  private static final int PAUSE_MILLIS = 500;
  private static final String SETTINGS = "/v1/payment-settings";
  private static final String POLICY = "/v1/stock/policy";

  private final Arena arena;
  private final Target target;
  private final Till till;
  private final String run;
  private final Patience patience;

  /// How long a shop may take.
  ///
  /// @param settledMillis until nobody waits for anything: whoever goes on with what a killed node
  ///   had begun has to be sure that it is gone
  record Patience(long settledMillis) {
    static final Patience USUAL = new Patience(90_000);
  }

  /// @param run names items and keys; new for every run
  PaymentsRun(Arena arena, Target target, Till till, String run, Patience patience) {
    this.arena = arena;
    this.target = target;
    this.till = till;
    this.run = run;
    this.patience = patience;
  }

  @Override
  public Recorded run(PlanSource plans, ChainFindings before) throws Exception {
    try (Desk desk = new Desk(target);
        Messenger messenger = new Messenger(target.nodes(), OwnArena.SHOP)) {
      JsonNode policy = desk.found(POLICY);
      try {
        // Half of the runs bring late orders back, the others give the money back.
        choose(desk, policy, mayBeLate(plans));
        return run(desk, messenger, plans, before);
      } finally {
        Desk.expect(200, desk.put(SETTINGS, "{\"provider\":\"manual\"}"));
        Desk.expect(200, desk.put(POLICY, wanted(policy, policy.path("expired_commit").asText())));
      }
    }
  }

  private static boolean mayBeLate(PlanSource plans) {
    return plans.seed() % 2 == 0;
  }

  private static void choose(Desk desk, JsonNode policy, boolean mayBeLate) throws IOException {
    Desk.expect(200, desk.put(POLICY, wanted(policy, "reserve_again")));
    Map<String, Object> settings =
        Map.of(
            "provider",
            "stripe",
            "secret_key",
            Till.KEY,
            "webhook_secret",
            Messenger.SECRET,
            "late_payment",
            mayBeLate ? "reserve_again" : "refund");
    Desk.expect(200, desk.put(SETTINGS, Json.write(settings)));
  }

  private static String wanted(JsonNode policy, String expiredCommit) {
    Map<String, Object> wanted = new TreeMap<>();
    wanted.put("expired_commit", expiredCommit);
    JsonNode max = policy.path("held_reservations_max");
    if (max.isNumber()) {
      wanted.put("held_reservations_max", max.longValue());
    }
    return Json.write(wanted);
  }

  private Recorded run(Desk desk, Messenger messenger, PlanSource plans, ChainFindings before)
      throws Exception {
    PricedItems.stock(desk, Basket.skus(run), Payers.SUPPLY);
    Payers crowd = new Payers(target.nodes(), till, run, plans.seed());
    till.begin(crowd::isPaid, messenger::tell);
    long start = Ticker.nanos() + RELEASE_AFTER_NANOS;
    Optional<NodeKill> kill =
        arena.victim().map(node -> NodeKill.at(start + KILL_AFTER_NANOS, DOWN_MILLIS, node));
    List<Payer> payers = crowd.run(start);
    int kills = kill.isPresent() ? kill.get().kills() : 0;
    Payments payments = settled(desk, messenger, payers, mayBeLate(plans));
    return new Recorded(result(plans, before, payments, kills), payments.lines());
  }

  private Payments settled(Desk desk, Messenger messenger, List<Payer> payers, boolean mayBeLate)
      throws IOException {
    long giveUp = Ticker.nanos() + patience.settledMillis() * NANOS_PER_MILLI;
    Payments payments = look(desk, messenger, payers, mayBeLate);
    while (!isQuiet(payments) && Ticker.nanos() < giveUp) {
      Ticker.pauseMillis(PAUSE_MILLIS);
      payments = look(desk, messenger, payers, mayBeLate);
    }
    return payments;
  }

  /// What has expired is for sale again only some time later.
  private static boolean isQuiet(Payments payments) {
    return payments.isQuiet() && payments.supplied(Payers.SUPPLY) instanceof Verdict.Held;
  }

  private Payments look(Desk desk, Messenger messenger, List<Payer> payers, boolean mayBeLate)
      throws IOException {
    Map<String, Stock> stock = new TreeMap<>();
    Clerk clerk = new Clerk(desk, target, run);
    var orders = new Shopfront(target.nodes()).orders(payers);
    for (String sku : Basket.skus(run)) {
      stock.put(sku, clerk.read(sku));
    }
    return new Payments(
        payers, till.charges(), orders, stock, messenger.sent(), mayBeLate, till.lost());
  }

  private RunResult result(PlanSource plans, ChainFindings before, Payments payments, int kills) {
    Counts counts =
        Counts.of(
            payments.calls().stream().map(Try::span).toList(),
            payments.soldUnits(),
            payments.refused(),
            payments.unknown(),
            payments.resolved());
    return new RunResult(
        arena.name(),
        plans.draw(),
        target.urls().size(),
        counts,
        Judgement.only(
            Map.of(
                Invariant.I1, payments.supplied(Payers.SUPPLY),
                Invariant.I22, payments.charged()),
            "only payments are looked at here",
            payments.missing(kills, counts.peakInFlight())),
        before.differences());
  }
}
