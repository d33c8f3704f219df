package io.holdfast.proof.prove;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.proof.checker.Effect;
import io.holdfast.proof.checker.Effects;
import io.holdfast.proof.history.Action;
import io.holdfast.proof.history.Details;
import io.holdfast.proof.history.Event;
import io.holdfast.proof.history.EventType;
import io.holdfast.proof.history.History;
import io.holdfast.proof.history.Line;
import io.holdfast.proof.history.Operation;
import io.holdfast.proof.history.Ticker;
import io.holdfast.proof.http.Response;
import io.holdfast.proof.shop.Intent;
import io.holdfast.proof.shop.Json;
import io.holdfast.proof.shop.Reply;
import io.holdfast.proof.shop.Shop;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Looks at a shop over HTTP when everybody has gone home.
final class Aftermath {

  /// The prover itself, in a history.
  private static final int PROVER = -1;

  /// A refused call that takes effect late has this long to be seen doing it.
  private static final long DRIFT_MILLIS = 1_200;

  private final Desk desk;
  private final Target target;
  private final Shop shop;
  private int looks;

  Aftermath(Desk desk, Target target) {
    this.desk = desk;
    this.target = target;
    this.shop = Shop.of(target.kind(), target.credential());
  }

  /// Reads every item twice, some time apart.
  List<Event> read(Collection<String> skus) throws IOException {
    List<Event> events = new ArrayList<>();
    for (String sku : skus) {
      read(sku, events);
    }
    Ticker.pauseMillis(DRIFT_MILLIS);
    for (String sku : skus) {
      read(sku, events);
    }
    return events;
  }

  private void read(String sku, List<Event> events) throws IOException {
    looks++;
    Intent intent = Intent.read("look-" + looks, sku);
    Details asked = Details.asked(intent.key(), 1, intent.lines(), null, null);
    events.add(new Event(PROVER, EventType.INVOKE, Action.READ, asked, Ticker.nanos()));
    Response response = desk.send(shop.request(intent));
    long answered = Ticker.nanos();
    if (shop.reply(intent, response) instanceof Reply.Accepted(_, var stock) && stock != null) {
      Details told = asked.answered(response.status(), null, null, stock, response.body());
      events.add(new Event(PROVER, EventType.OK, Action.READ, told, answered));
    } else {
      throw new IOException("the stock of " + sku + " can't be read: " + response.status());
    }
  }

  /// Asks for every reservation that was acknowledged.
  Effects effects(History history) throws IOException {
    return switch (target.kind()) {
      case PLAIN -> new Effects.Unseen("a plain shop has no reservations to look at");
      case V1 -> {
        List<Effect> found = new ArrayList<>();
        for (Operation operation : history.operations()) {
          String id = operation.reservation();
          if (operation.action().claims() && operation.isAccepted() && id != null) {
            Response response = desk.get("/v1/reservations/" + id);
            if (response.status() == 200) {
              found.add(effect(Json.read(response.body())));
            }
          }
        }
        yield new Effects.Acknowledged(found);
      }
    };
  }

  private static Effect effect(JsonNode body) {
    List<Line> lines = new ArrayList<>();
    body.path("lines")
        .forEach(
            line ->
                lines.add(new Line(line.path("sku").asText(), line.path("quantity").longValue())));
    return new Effect(
        body.path("id").asText(),
        body.path("customer").asText(null),
        body.path("state").asText(),
        lines,
        instant(body.path("expires_at")),
        instant(body.path("ended_at")));
  }

  private static @Nullable Instant instant(JsonNode node) {
    return node.isTextual() ? Instant.parse(node.textValue()) : null;
  }
}
