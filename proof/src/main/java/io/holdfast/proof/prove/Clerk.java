package io.holdfast.proof.prove;

import io.holdfast.proof.history.Details;
import io.holdfast.proof.history.Event;
import io.holdfast.proof.history.EventType;
import io.holdfast.proof.history.Stock;
import io.holdfast.proof.history.Ticker;
import io.holdfast.proof.history.Told;
import io.holdfast.proof.history.Wish;
import io.holdfast.proof.http.Response;
import io.holdfast.proof.shop.Intent;
import io.holdfast.proof.shop.Reply;
import io.holdfast.proof.shop.Shop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What the prover itself asks of a shop, recorded like everybody's calls.
final class Clerk {

  /// The prover itself, in a history.
  private static final int PROVER = -1;

  private final Desk desk;
  private final Shop shop;
  private final String run;
  private final List<Event> events = new ArrayList<>();

  /// @param run names its keys
  Clerk(Desk desk, Target target, String run) {
    this.desk = desk;
    this.shop = Shop.of(target.kind(), target.credential());
    this.run = run;
  }

  /// @throws IOException unless the answer is yes
  Told ask(Wish wish) throws IOException {
    Intent intent = new Intent(run + "-clerk-" + events.size(), wish);
    Details asked = Details.asked(intent.key(), 1, wish);
    events.add(new Event(PROVER, EventType.INVOKE, wish.action(), asked, Ticker.nanos()));
    Response response = desk.send(shop.request(intent));
    long answered = Ticker.nanos();
    if (!(shop.reply(intent, response) instanceof Reply.Accepted(Told told))) {
      throw new IOException(
          "the shop refused the prover " + wish + ": " + response.status() + " " + response.body());
    }
    Details answer = asked.answered(response.status(), null, told, response.body());
    events.add(new Event(PROVER, EventType.OK, wish.action(), answer, answered));
    return told;
  }

  Stock read(String sku) throws IOException {
    Stock stock = ask(new Wish.Read(sku)).stock();
    if (stock == null) {
      throw new IOException("the shop does not say how much there is of " + sku);
    }
    return stock;
  }

  List<Event> events() {
    return List.copyOf(events);
  }
}
