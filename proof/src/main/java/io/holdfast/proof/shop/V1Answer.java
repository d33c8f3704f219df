package io.holdfast.proof.shop;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.proof.history.Level;
import io.holdfast.proof.history.Line;
import io.holdfast.proof.history.Stock;
import io.holdfast.proof.history.Told;
import io.holdfast.proof.history.Wish;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a yes of Holdfast's own interface says.
final class V1Answer {

  private V1Answer() {}

  static Told told(Wish wish, JsonNode body) {
    return switch (wish) {
      case Wish.Read _ -> Told.of(stock(body));
      case Wish.Together(List<Wish> wishes) -> Told.of(parts(wishes, body.path("outcomes")));
      case Wish.Count _ -> decided(body, whole(body.path("quantity")));
      case Wish.Receive _, Wish.Transfer _ -> Told.NOTHING;
      case Wish.Reserve _,
          Wish.Purchase _,
          Wish.Change _,
          Wish.Extend _,
          Wish.Commit _,
          Wish.Release _,
          Wish.Return _ ->
          decided(body, null);
    };
  }

  private static List<Told> parts(List<Wish> wishes, JsonNode outcomes) {
    List<Told> parts = new ArrayList<>();
    for (int i = 0; i < wishes.size(); i++) {
      parts.add(told(wishes.get(i), outcomes.path(i).path("body")));
    }
    return parts;
  }

  private static Told decided(JsonNode body, @Nullable Long change) {
    return new Told(
        body.path("id").textValue(),
        whole(body.path("version")),
        lines(body.path("lines")),
        lines(body.path("released")),
        lines(body.path("missing")),
        change,
        null,
        List.of());
  }

  private static @Nullable Long whole(JsonNode node) {
    return node.isNumber() ? Long.valueOf(node.longValue()) : null;
  }

  static List<Line> lines(JsonNode lines) {
    List<Line> all = new ArrayList<>();
    lines.forEach(
        line ->
            all.add(
                new Line(
                    line.path("sku").asText(),
                    line.path("location").textValue(),
                    line.path("quantity").longValue())));
    return all;
  }

  private static @Nullable Stock stock(JsonNode body) {
    JsonNode onHand = body.path("on_hand");
    if (!onHand.isNumber()) {
      return null;
    }
    List<Level> levels = new ArrayList<>();
    body.path("levels")
        .forEach(
            level ->
                levels.add(
                    new Level(
                        level.path("location").asText(),
                        level.path("on_hand").longValue(),
                        level.path("reserved").longValue(),
                        level.path("version").longValue())));
    return new Stock(onHand.longValue(), body.path("reserved").longValue(), levels);
  }
}
