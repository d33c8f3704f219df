package io.holdfast.proof.client;

import io.holdfast.proof.history.Action;
import io.holdfast.proof.history.Details;
import io.holdfast.proof.history.Event;
import io.holdfast.proof.history.EventType;
import io.holdfast.proof.history.Ticker;
import io.holdfast.proof.http.Connection;
import io.holdfast.proof.http.Response;
import io.holdfast.proof.shop.Intent;
import io.holdfast.proof.shop.Reply;
import io.holdfast.proof.shop.Shop;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Pursues one intent until it has a definite answer: each attempt with the same key, each
/// recorded.
final class Errand {

  /// What a lost connection is called in a history.
  private static final String CONNECTION_LOST = "connection_lost";

  private final int process;
  private final Shop shop;
  private final Link link;
  private final Recorder recorder;
  private final RandomGenerator random;
  private final Map<String, Integer> attempts = new HashMap<>();

  Errand(int process, Shop shop, Link link, Recorder recorder, RandomGenerator random) {
    this.process = process;
    this.shop = shop;
    this.link = link;
    this.recorder = recorder;
    this.random = random;
  }

  /// @param patienceMillis how long it asks again after the first attempt that ended unclear
  Reply pursue(Intent intent, int patienceMillis) {
    long giveUp = Ticker.nanos() + patienceMillis * 1_000_000L;
    Reply reply = attempt(intent, giveUp);
    giveUp = Ticker.nanos() + patienceMillis * 1_000_000L;
    for (int pauses = 1; reply instanceof Reply.Unclear unclear; pauses++) {
      if (intent.action() == Action.READ || Ticker.nanos() > giveUp) {
        return reply;
      }
      pause(unclear.retryAfterMillis(), pauses);
      reply = attempt(intent, giveUp);
    }
    return reply;
  }

  /// Longer each time, and never all of them at the same moment.
  private void pause(int statedMillis, int pauses) {
    int millis = Math.min(statedMillis << Math.min(pauses - 1, 6), Math.max(statedMillis, 1_000));
    Ticker.pauseMillis(millis + random.nextInt(millis + 1));
  }

  private Reply attempt(Intent intent, long giveUp) {
    Optional<Connection> connection = link.open(giveUp);
    if (connection.isEmpty()) {
      return new Reply.Unclear("no_connection", 1);
    }
    int attempt = attempts.merge(intent.key(), 1, Integer::sum);
    Details asked =
        Details.asked(
            intent.key(), attempt, intent.lines(), intent.ttlSeconds(), intent.reservation());
    recorder.record(new Event(process, EventType.INVOKE, intent.action(), asked, Ticker.nanos()));
    try {
      Response response = connection.get().exchange(shop.request(intent));
      long answered = Ticker.nanos();
      if (response.header("connection").filter("close"::equalsIgnoreCase).isPresent()) {
        link.close();
      }
      Reply reply = shop.reply(intent, response);
      recorder.record(answer(intent, asked, response, reply, answered));
      return reply;
    } catch (IOException lost) {
      long noticed = Ticker.nanos();
      link.fail();
      Details answered = asked.answered(0, CONNECTION_LOST, null, null, null);
      recorder.record(new Event(process, EventType.UNKNOWN, intent.action(), answered, noticed));
      return new Reply.Unclear(CONNECTION_LOST, 10);
    }
  }

  private Event answer(
      Intent intent, Details asked, Response response, Reply reply, long answered) {
    int status = response.status();
    return switch (reply) {
      case Reply.Accepted yes ->
          new Event(
              process,
              EventType.OK,
              intent.action(),
              asked.answered(status, null, yes.reservation(), yes.stock(), response.body()),
              answered);
      case Reply.Refused no ->
          new Event(
              process,
              EventType.REFUSED,
              intent.action(),
              asked.answered(status, no.code(), null, null, response.body()),
              answered);
      case Reply.Unclear unclear ->
          new Event(
              process,
              EventType.UNKNOWN,
              intent.action(),
              asked.answered(status, unclear.code(), null, null, null),
              answered);
    };
  }
}
