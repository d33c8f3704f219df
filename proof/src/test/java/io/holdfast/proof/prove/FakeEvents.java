package io.holdfast.proof.prove;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.proof.history.Level;
import io.holdfast.proof.prove.FakeShop.Answer;
import io.holdfast.proof.shop.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a [FakeShop] tells of: by pages, as a stream, and to one webhook.
final class FakeEvents {
  private static final long LATE_MILLIS = 60;
  private static final long SILENCE_NANOS = 20_000_000;

  private final Defect defect;
  private final ScheduledExecutorService clock;
  private final TreeMap<Long, JsonNode> told = new TreeMap<>();
  private final TreeMap<Long, Runnable> hidden = new TreeMap<>();
  private boolean isStockTold;
  private int placed;
  private long last;
  private @Nullable FakeHook hook;

  FakeEvents(Defect defect, ScheduledExecutorService clock) {
    this.defect = defect;
    this.clock = clock;
  }

  static boolean isAbout(String path) {
    return path.startsWith("/v1/event") || path.startsWith("/v1/webhooks");
  }

  synchronized boolean isStockTold() {
    return isStockTold;
  }

  synchronized Answer answer(String method, String path, JsonNode body) {
    if (path.equals("/v1/event-settings")) {
      isStockTold = method.equals("PUT") ? body.path("stock").booleanValue() : isStockTold;
      return new Answer(200, Json.write(Map.of("stock", isStockTold, "keep_days", 30)));
    }
    if (path.startsWith("/v1/events")) {
      int limit = Math.toIntExact(parameter(path, "limit", 100));
      return new Answer(200, page(parameter(path, "after", 0), limit));
    }
    if (method.equals("DELETE")) {
      close();
      return new Answer(204, "");
    }
    FakeHook made = new FakeHook(defect, body.path("url").asText());
    hook = made;
    Map<String, Object> webhook =
        Map.of("id", FakeHook.ID, "position", Long.toString(newest()), "state", "active");
    return new Answer(201, Json.write(Map.of("webhook", webhook, "secret", FakeHook.SECRET)));
  }

  private static long parameter(String path, String name, long otherwise) {
    return Stream.of(path.split("[?&]", -1))
        .filter(each -> each.startsWith(name + "="))
        .map(each -> Long.parseLong(each.substring(name.length() + 1)))
        .findFirst()
        .orElse(otherwise);
  }

  private String page(long after, int limit) {
    List<JsonNode> events = behind(after).limit(limit).toList();
    String next = events.isEmpty() ? Long.toString(after) : events.getLast().path("id").asText();
    return Json.write(Map.of("events", events, "next", next));
  }

  private Stream<JsonNode> behind(long after) {
    // Whoever asks has passed them by.
    NavigableMap<Long, Runnable> passed = hidden.headMap(after, true);
    passed.values().forEach(Runnable::run);
    passed.clear();
    return told.tailMap(after, false).values().stream();
  }

  private long newest() {
    return told.isEmpty() ? 0 : told.lastKey();
  }

  synchronized void tell(FakeStock.Reservation reservation, String verb) {
    if (isStockTold) {
      Map<String, Object> data =
          Map.of(
              "reservation", reservation.id,
              "customer", reservation.customer,
              "lines", reservation.lines);
      tell("reservation." + verb, "reservations/" + reservation.id, data);
    }
  }

  synchronized void tell(String sku, Level level) {
    if (isStockTold) {
      Map<String, Object> data =
          Map.of(
              "sku", sku,
              "on_hand", level.onHand(),
              "reserved", level.reserved(),
              "version", level.version());
      tell("stock.changed", "items/" + sku + "/levels/" + level.location(), data);
    }
  }

  synchronized void tell(String type, String subject, Map<String, Object> data) {
    boolean isPlaced = type.equals("order.placed");
    placed += isPlaced ? 1 : 0;
    boolean isOneOfSome = isPlaced && placed % 40 == 0;
    if (defect == Defect.EVENT_MISSING && isOneOfSome) {
      return;
    }
    Instant time = Instant.now();
    if (defect == Defect.EVENTS_SWAPPED && isPlaced) {
      later(() -> show(position(), time, type, subject, data));
      return;
    }
    long position = position();
    if (defect == Defect.EVENT_SHOWN_LATE && position % 20 == 0) {
      hidden.put(position, () -> show(position, time, type, subject, data));
      return;
    }
    show(position, time, type, subject, data);
    if (defect == Defect.EVENT_TWICE && isOneOfSome) {
      show(position(), time, type, subject, data);
    }
  }

  private void later(Runnable what) {
    var _ = clock.schedule(what, LATE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private synchronized long position() {
    last++;
    return last;
  }

  private synchronized void show(
      long position, Instant time, String type, String subject, Map<String, Object> data) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("specversion", "1.0");
    event.put("id", Long.toString(position));
    event.put("source", "/tenants/fake");
    event.put("type", type);
    event.put("subject", subject);
    event.put("time", time.toString());
    event.put("datacontenttype", "application/json");
    event.put("data", data);
    JsonNode json = Json.orMissing(Json.write(event));
    told.put(position, json);
    if (hook != null && type.startsWith("order.")) {
      hook.send(position, subject, json.toString());
    }
  }

  /// Until the other side has gone.
  void stream(long after, OutputStream out) throws IOException {
    String head = "HTTP/1.1 200 X\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";
    out.write(head.getBytes(StandardCharsets.UTF_8));
    long position = after;
    while (true) {
      LockSupport.parkNanos(SILENCE_NANOS);
      StringBuilder text = new StringBuilder();
      for (JsonNode event : listed(position)) {
        position = event.path("id").asLong();
        text.append("id: ").append(position).append("\nevent: ");
        text.append(event.path("type").asText()).append("\ndata: ").append(event).append("\n\n");
      }
      out.write(
          (text.isEmpty() ? ": nothing new\n\n" : text)
              .toString()
              .getBytes(StandardCharsets.UTF_8));
    }
  }

  private synchronized List<JsonNode> listed(long after) {
    return behind(after).toList();
  }

  synchronized void close() {
    if (hook != null) {
      hook.close();
      hook = null;
    }
  }
}
