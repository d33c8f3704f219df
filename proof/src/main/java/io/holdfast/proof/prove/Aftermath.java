package io.holdfast.proof.prove;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.proof.checker.Deed;
import io.holdfast.proof.checker.Effect;
import io.holdfast.proof.checker.Effects;
import io.holdfast.proof.history.History;
import io.holdfast.proof.history.Line;
import io.holdfast.proof.history.Ticker;
import io.holdfast.proof.http.Response;
import io.holdfast.proof.shop.Interface;
import io.holdfast.proof.shop.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Looks at a shop over HTTP when everybody has gone home.
final class Aftermath {

  /// A refused call that takes effect late has this long to be seen doing it.
  private static final long DRIFT_MILLIS = 1_200;

  private final Desk desk;
  private final Clerk clerk;
  private final Interface kind;

  Aftermath(Desk desk, Clerk clerk, Interface kind) {
    this.desk = desk;
    this.clerk = clerk;
    this.kind = kind;
  }

  /// Reads every item twice, some time apart.
  void read(Collection<String> skus) throws IOException {
    for (String sku : skus) {
      clerk.read(sku);
    }
    Ticker.pauseMillis(DRIFT_MILLIS);
    for (String sku : skus) {
      clerk.read(sku);
    }
  }

  /// Asks for every reservation that was acknowledged.
  Effects effects(History history) throws IOException {
    return switch (kind) {
      case PLAIN -> new Effects.Unseen("a plain shop has no reservations to look at");
      case V1 -> {
        List<Effect> found = new ArrayList<>();
        for (String id : made(history)) {
          Response response = desk.get("/v1/reservations/" + id);
          if (response.status() == 200) {
            found.add(effect(Json.read(response.body())));
          }
        }
        yield new Effects.Acknowledged(found);
      }
    };
  }

  private static Set<String> made(History history) {
    return history.operations().stream()
        .flatMap(operation -> Deed.of(operation).stream())
        .filter(deed -> deed.wish().action().claims() && deed.reservation() != null)
        .map(deed -> String.valueOf(deed.reservation()))
        .collect(Collectors.toSet());
  }

  private static Effect effect(JsonNode body) {
    JsonNode version = body.path("version");
    return new Effect(
        body.path("id").asText(),
        body.path("customer").asText(null),
        body.path("state").asText(),
        version.isNumber() ? Long.valueOf(version.longValue()) : null,
        lines(body, "quantity"),
        lines(body, "returned"),
        new Effect.Times(
            instant(body.path("created_at")),
            instant(body.path("expires_at")),
            instant(body.path("ended_at"))));
  }

  /// The lines of which there is anything, of those quantities.
  private static List<Line> lines(JsonNode body, String quantity) {
    List<Line> lines = new ArrayList<>();
    for (JsonNode line : body.path("lines")) {
      if (line.path(quantity).longValue() > 0) {
        lines.add(
            new Line(
                line.path("sku").asText(),
                line.path("location").textValue(),
                line.path(quantity).longValue()));
      }
    }
    return lines;
  }

  private static @Nullable Instant instant(JsonNode node) {
    return node.isTextual() ? Instant.parse(node.textValue()) : null;
  }
}
