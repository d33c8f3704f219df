package io.holdfast.proof.outbox;

import io.holdfast.proof.client.AtOnce;
import io.holdfast.proof.history.Ticker;
import io.holdfast.proof.ordering.Basket;
import io.holdfast.proof.shop.Json;
import io.holdfast.proof.shop.Nodes;
import io.holdfast.proof.shop.Try;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Writers who place orders and lead them through their lives, or reserve, all at the same time.
public final class Writers {
  /// Units of each item, so few that some get none.
  public static final long SUPPLY = 160;

  private static final int WRITERS = 200;
  private static final int LIVES = 3;
  private static final int PAUSE_MILLIS_MAX = 600;
  private static final int REPEATED_ONE_IN = 4;
  private static final int LONG_TTL_SECONDS = 900;

  /// A payment that comes about when its order expires comes so much earlier or later at most.
  private static final int RACE_MILLIS = 100;

  private static final List<Life> KINDS =
      List.of(
          new Life(Act.PLACE, LONG_TTL_SECONDS),
          new Life(Act.PLACE, LONG_TTL_SECONDS, Act.PAY),
          new Life(Act.PLACE, LONG_TTL_SECONDS, Act.PAY),
          new Life(Act.PLACE, LONG_TTL_SECONDS, Act.PAY, Act.FULFIL, Act.RETURN),
          new Life(Act.PLACE, LONG_TTL_SECONDS, Act.CANCEL),
          new Life(Act.PLACE, LONG_TTL_SECONDS, Act.CANCEL),
          new Life(Act.PLACE, LONG_TTL_SECONDS, Act.PAY, Act.CANCEL),
          new Life(Act.PLACE, Write.SHORT_TTL_SECONDS),
          new Life(Act.PLACE, Write.SHORT_TTL_SECONDS),
          new Life(Act.PLACE, Write.SHORT_TTL_SECONDS, Act.PAY),
          new Life(Act.RESERVE, LONG_TTL_SECONDS, Act.RELEASE),
          new Life(Act.RESERVE, LONG_TTL_SECONDS, Act.COMMIT),
          new Life(Act.RESERVE, Write.SHORT_TTL_SECONDS));

  private final Nodes nodes;
  private final String run;
  private final long seed;
  private final Queue<Write> writes = new ConcurrentLinkedQueue<>();

  /// What becomes of an order or a reservation, unless it is refused.
  private record Life(Act first, int ttlSeconds, List<Act> next) {
    Life(Act first, int ttlSeconds, Act... next) {
      this(first, ttlSeconds, List.of(next));
    }
  }

  /// @param run names items and keys
  public Writers(Nodes nodes, String run, long seed) {
    this.nodes = nodes;
    this.run = run;
    this.seed = seed;
  }

  /// @param startNanos when all begin
  public List<Write> run(long startNanos) throws Exception {
    AtOnce.run(
        WRITERS,
        startNanos,
        writer -> {
          SplittableRandom random = new SplittableRandom(seed * WRITERS + writer);
          for (int life = 0; life < LIVES; life++) {
            Ticker.pauseMillis(life == 0 ? 0 : random.nextInt(PAUSE_MILLIS_MAX));
            live(writer, run + "-" + writer + "-" + life, random);
          }
        });
    return List.copyOf(writes);
  }

  private void live(int writer, String key, SplittableRandom random) {
    Life life = KINDS.get(random.nextInt(KINDS.size()));
    Write made = make(writer, life, key, random);
    if (made.isShort() && made.isAccepted() && !life.next().isEmpty()) {
      int offset = random.nextInt(-RACE_MILLIS, RACE_MILLIS);
      Ticker.pauseMillis(life.ttlSeconds() * 1_000L + offset);
    }
    boolean isGoingOn = made.isAccepted();
    for (int i = 0; i < life.next().size() && isGoingOn; i++) {
      Act act = life.next().get(i);
      String id = made.id().orElse("");
      String stepKey = key + "-" + act.word();
      List<Try> tries = nodes.post(writer + i, act.path(id), stepKey, "");
      Write step = new Write(act, stepKey, id, 0, 0, tries);
      writes.add(step);
      isGoingOn = step.isAccepted();
    }
  }

  /// Some ask again though they have an answer: what was done once is told once.
  private Write make(int writer, Life life, String key, SplittableRandom random) {
    Basket wanted = Basket.draw(run, random);
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("lines", wanted.lines());
    members.put("ttl_seconds", life.ttlSeconds());
    members.put(life.first() == Act.PLACE ? "reference" : "customer", key);
    String body = Json.write(members);
    String path = life.first().path("");
    List<Try> tries = new ArrayList<>(nodes.post(writer, path, key, body));
    if (tries.getLast().isYes() && random.nextInt(REPEATED_ONE_IN) == 0) {
      tries.addAll(nodes.post(writer + 1, path, key, body));
    }
    Write made = new Write(life.first(), key, "", life.ttlSeconds(), wanted.units(), tries);
    writes.add(made);
    return made;
  }
}
