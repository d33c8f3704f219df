package io.holdfast.proof.payment;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.proof.client.AtOnce;
import io.holdfast.proof.history.Ticker;
import io.holdfast.proof.ordering.Basket;
import io.holdfast.proof.shop.Json;
import io.holdfast.proof.shop.Nodes;
import io.holdfast.proof.shop.Try;
import io.holdfast.proof.till.Charge;
import io.holdfast.proof.till.Till;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Buyers who place orders and pay for them, all at the same time.
public final class Payers {
  /// Units of each item, so few that some get none.
  public static final long SUPPLY = 40;

  private static final int PAYERS = 64;
  private static final int ORDERS = 2;
  private static final int PAUSE_MILLIS_MAX = 800;
  private static final int LONG_TTL_SECONDS = 900;
  private static final int SHORT_TTL_SECONDS = 2;
  private static final int LATE_MILLIS = SHORT_TTL_SECONDS * 1_000 + 300;
  private static final int LOOK_MILLIS = 100;
  private static final int LOOKS_MAX = 40;

  private static final List<Course> COURSES = List.of(Course.values());

  private final Nodes nodes;
  private final Till till;
  private final String run;
  private final long seed;
  private final Map<String, String> placed = new ConcurrentHashMap<>();
  private final Queue<Payer> payers = new ConcurrentLinkedQueue<>();

  /// @param run names items and keys
  public Payers(Nodes nodes, Till till, String run, long seed) {
    this.nodes = nodes;
    this.till = till;
    this.run = run;
    this.seed = seed;
  }

  /// @param startNanos when all begin
  public List<Payer> run(long startNanos) throws Exception {
    AtOnce.run(
        PAYERS,
        startNanos,
        payer -> {
          SplittableRandom random = new SplittableRandom(seed * PAYERS + payer);
          for (int order = 0; order < ORDERS; order++) {
            Ticker.pauseMillis(random.nextInt(PAUSE_MILLIS_MAX));
            Course course = COURSES.get((payer + order) % COURSES.size());
            live(payer, run + "-" + payer + "-" + order, course, random);
          }
        });
    return List.copyOf(payers);
  }

  /// Whether the shop says that the order of a charge is paid by it.
  public boolean isPaid(Charge charge) {
    String order = placed.get(charge.order());
    return order != null && new Shopfront(nodes).isPaid(order, charge.id());
  }

  private void live(int payer, String key, Course course, SplittableRandom random) {
    int ttl = course.isShort() ? SHORT_TTL_SECONDS : LONG_TTL_SECONDS;
    Map<String, Object> wanted =
        Map.of("lines", Basket.draw(run, random).lines(), "ttl_seconds", ttl, "reference", key);
    List<Try> placing = nodes.post(payer, "/v1/orders", key, Json.write(wanted));
    List<Try> paying = new ArrayList<>();
    boolean isLate = false;
    if (placing.getLast().isYes()) {
      placed.put(
          placing.getLast().json().path("number").asText(),
          placing.getLast().json().path("id").asText());
      String order = "/v1/orders/" + placing.getLast().json().path("id").asText();
      paying.addAll(
          course == Course.TWICE ? payTwice(payer, order) : pay(payer, order, first(course)));
      switch (course) {
        case AT_ONCE, TWICE, LEFT -> {}
        case DECLINED -> {
          settled(payer, order);
          paying.addAll(pay(payer + 1, order, Till.GOOD));
        }
        case ASKED -> answer(payer, order, true);
        case REFUSED -> answer(payer, order, false);
        case LATE -> {
          Ticker.pauseMillis(LATE_MILLIS);
          isLate = answer(payer, order, true);
        }
        case RETURNED -> {
          var _ = looked(payer, order, "captured");
          nodes.post(payer + 1, order + "/cancel", key + "-cancel", "");
        }
        case CANCELLED -> nodes.post(payer + 1, order + "/cancel", key + "-cancel", "");
      }
    }
    payers.add(new Payer(key, course, placing, paying, isLate));
  }

  private static String first(Course course) {
    return switch (course) {
      case AT_ONCE, TWICE, RETURNED -> Till.GOOD;
      case DECLINED -> Till.DECLINED;
      case ASKED, LATE, LEFT, REFUSED, CANCELLED -> Till.ASKS;
    };
  }

  private List<Try> pay(int node, String order, String method) {
    String body = Json.write(Map.of("payment_method", method));
    return nodes.post(node, order + "/payments", "", body);
  }

  private List<Try> payTwice(int node, String order) {
    CompletableFuture<List<Try>> other =
        CompletableFuture.supplyAsync(
            () -> pay(node + 1, order, Till.GOOD), Thread::startVirtualThread);
    List<Try> tries = new ArrayList<>(pay(node, order, Till.GOOD));
    tries.addAll(other.join());
    return tries;
  }

  /// @return whether the bank was still waiting
  private boolean answer(int node, String order, boolean isGood) {
    return looked(node, order, "pending")
        .map(payment -> till.buyerDone(payment.path("intent").asText(), isGood))
        .orElse(false);
  }

  private void settled(int node, String order) {
    var _ = looked(node, order, "declined");
  }

  /// The first payment, as soon as it is in that state; empty if it never is.
  private Optional<JsonNode> looked(int node, String order, String state) {
    for (int i = 0; i < LOOKS_MAX; i++) {
      Try answer = nodes.get(node + i, order + "/payments");
      JsonNode payment = answer.json().at("/payments/0");
      if (payment.path("state").asText().equals(state)) {
        return Optional.of(payment);
      }
      if (answer.isYes() && (payment.isMissingNode() || Sold.Attempt.of(payment).isSettled())) {
        return Optional.empty();
      }
      Ticker.pauseMillis(LOOK_MILLIS);
    }
    return Optional.empty();
  }
}
