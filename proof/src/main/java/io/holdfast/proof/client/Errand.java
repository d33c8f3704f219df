package io.holdfast.proof.client;

import io.holdfast.proof.history.Action;
import io.holdfast.proof.history.Details;
import io.holdfast.proof.history.Event;
import io.holdfast.proof.history.EventType;
import io.holdfast.proof.history.Ticker;
import io.holdfast.proof.http.Connection;
import io.holdfast.proof.http.Request;
import io.holdfast.proof.http.Response;
import io.holdfast.proof.shop.Bundle;
import io.holdfast.proof.shop.Intent;
import io.holdfast.proof.shop.Reply;
import io.holdfast.proof.shop.Shop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/// Pursues what is wanted until it has a definite answer: each attempt with the same key, each
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

  /// One request, the intents that it is about, and how their answers are found in the one to it.
  private record Letter(Request request, List<Intent> intents, Opener opener) {}

  private interface Opener {
    List<Response> open(Response response) throws IOException;
  }

  /// @param patienceMillis how long it asks again after the first attempt that ended unclear
  Reply pursue(Intent intent, int patienceMillis) {
    return pursue(new Letter(shop.request(intent), List.of(intent), List::of), patienceMillis)
        .getFirst();
  }

  /// The same for many in one request, until each has a definite answer.
  List<Reply> pursue(Bundle bundle, int patienceMillis) {
    return pursue(
        new Letter(
            shop.request(bundle), bundle.intents(), response -> shop.parted(bundle, response)),
        patienceMillis);
  }

  private List<Reply> pursue(Letter letter, int patienceMillis) {
    long giveUp = Ticker.nanos() + patienceMillis * 1_000_000L;
    List<Reply> replies = attempt(letter, giveUp);
    giveUp = Ticker.nanos() + patienceMillis * 1_000_000L;
    boolean isRead = letter.intents.getFirst().action() == Action.READ;
    OptionalInt wait = unclearMillis(replies);
    for (int pauses = 1; wait.isPresent(); pauses++) {
      if (isRead || Ticker.nanos() > giveUp) {
        return replies;
      }
      pause(wait.getAsInt(), pauses);
      replies = attempt(letter, giveUp);
      wait = unclearMillis(replies);
    }
    return replies;
  }

  /// How long to wait before it is asked again; none if everything was answered.
  private static OptionalInt unclearMillis(List<Reply> replies) {
    return replies.stream()
        .filter(Reply.Unclear.class::isInstance)
        .map(Reply.Unclear.class::cast)
        .mapToInt(Reply.Unclear::retryAfterMillis)
        .max();
  }

  /// Longer each time, and never all of them at the same moment.
  private void pause(int statedMillis, int pauses) {
    int millis = Math.min(statedMillis << Math.min(pauses - 1, 6), Math.max(statedMillis, 1_000));
    Ticker.pauseMillis(millis + random.nextInt(millis + 1));
  }

  private List<Reply> attempt(Letter letter, long giveUp) {
    Optional<Connection> connection = link.open(giveUp);
    if (connection.isEmpty()) {
      return letter.intents.stream()
          .<Reply>map(_ -> new Reply.Unclear("no_connection", 1))
          .toList();
    }
    List<Details> asked = letter.intents.stream().map(this::asked).toList();
    asked.forEach(each -> record(each, EventType.INVOKE, Ticker.nanos()));
    try {
      Response response = connection.get().exchange(letter.request);
      long answered = Ticker.nanos();
      if (response.header("connection").filter("close"::equalsIgnoreCase).isPresent()) {
        link.close();
      }
      List<Response> responses = letter.opener.open(response);
      List<Reply> replies = new ArrayList<>();
      for (int i = 0; i < responses.size(); i++) {
        replies.add(shop.reply(letter.intents.get(i), responses.get(i)));
      }
      for (int i = 0; i < replies.size(); i++) {
        answer(asked.get(i), responses.get(i), replies.get(i), answered);
      }
      return replies;
    } catch (IOException lost) {
      long noticed = Ticker.nanos();
      link.fail();
      asked.forEach(
          each ->
              record(each.answered(0, CONNECTION_LOST, null, null), EventType.UNKNOWN, noticed));
      return asked.stream().<Reply>map(_ -> new Reply.Unclear(CONNECTION_LOST, 10)).toList();
    }
  }

  private Details asked(Intent intent) {
    int attempt = attempts.merge(intent.key(), 1, Integer::sum);
    return Details.asked(intent.key(), attempt, intent.wish());
  }

  private void answer(Details asked, Response response, Reply reply, long answered) {
    int status = response.status();
    String body = response.body();
    switch (reply) {
      case Reply.Accepted(var told) ->
          record(asked.answered(status, null, told, body), EventType.OK, answered);
      case Reply.Refused(var code) ->
          record(asked.answered(status, code, null, body), EventType.REFUSED, answered);
      case Reply.Unclear unclear ->
          record(asked.answered(status, unclear.code(), null, null), EventType.UNKNOWN, answered);
    }
  }

  private void record(Details details, EventType type, long moment) {
    recorder.record(new Event(process, type, details.wish().action(), details, moment));
  }
}
