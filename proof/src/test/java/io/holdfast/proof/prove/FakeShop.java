package io.holdfast.proof.prove;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.proof.history.Line;
import io.holdfast.proof.http.Message;
import io.holdfast.proof.shop.Interface;
import io.holdfast.proof.shop.Json;
import io.holdfast.proof.till.Till;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A shop of a page, right or with one defect, to see whether the prover can tell.
final class FakeShop implements AutoCloseable {
  /// Long enough that others look meanwhile, also on a machine that is busy with something else.
  private static final long THINKING_NANOS = 50_000_000;

  record Answer(int status, String body) {}

  private record Bound(String request, Answer answer) {}

  private final Defect defect;
  private final FakeStock stock;
  private final FakeDoor door;
  private final FakeOrders orders;
  private final FakeEvents events;
  private volatile @Nullable FakePayments payments;
  private final ServerSocket listener;
  private final Map<String, Bound> keys = new HashMap<>();
  private final Map<Socket, Boolean> open = new ConcurrentHashMap<>();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

  FakeShop(Defect defect) throws IOException {
    this.defect = defect;
    this.stock = new FakeStock(defect);
    this.door = new FakeDoor(defect);
    this.events = new FakeEvents(defect, clock);
    this.orders = new FakeOrders(defect, stock, events);
    this.listener = new ServerSocket(0, 2_000, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
    var _ = clock.scheduleAtFixedRate(this::expire, 100, 100, TimeUnit.MILLISECONDS);
  }

  /// Where it charges its buyers.
  void takesMoneyAt(Till till) {
    payments = new FakePayments(defect, orders, till.url(), this);
  }

  Target target() {
    return target(Interface.V1);
  }

  Target target(Interface kind) {
    return new Target(kind, "", List.of("http://127.0.0.1:" + listener.getLocalPort()));
  }

  @Override
  public void close() {
    clock.shutdownNow();
    events.close();
    FakePayments taking = payments;
    if (taking != null) {
      taking.close();
    }
    closeQuietly(listener);
    open.keySet().forEach(FakeShop::closeQuietly);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        open.put(socket, true);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      while (true) {
        Message message = Message.read(in);
        if (message.start().startsWith("GET /v1/events/stream")) {
          events.stream(position(message), socket.getOutputStream());
        }
        Answer answer = answer(message);
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        String head =
            "HTTP/1.1 " + answer.status() + " X\r\nContent-Length: " + body.length + "\r\n\r\n";
        socket.getOutputStream().write((head + answer.body()).getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException over) {
      open.remove(socket);
    }
  }

  /// Behind which a stream begins.
  private static long position(Message message) {
    String last = message.headers().get("last-event-id");
    return Long.parseLong(
        last == null ? message.start().replaceFirst("^.*after=(\\d+).*$", "$1") : last);
  }

  private Answer answer(Message message) throws IOException {
    String[] words = message.start().split(" ", 3);
    String key = message.headers().get("idempotency-key");
    if (FakeEvents.isAbout(words[1])) {
      return events.answer(words[0], words[1], Json.read(message.body()));
    }
    FakePayments taking = payments;
    if (taking != null && FakePayments.isAbout(words[1])) {
      return taking.answer(words[1], message);
    }
    if (words[1].equals("/v1/stock/policy")) {
      return new Answer(200, "{\"expired_commit\":\"reject\"}");
    }
    if (words[1].startsWith("/v1/auth/")) {
      return door.answer(words[1], Json.read(message.body()));
    }
    if (defect == Defect.RECEIPT_OVERWRITES && words[1].endsWith("/receipts")) {
      return overwriting(words[1].split("/", -1)[3], Json.read(message.body()));
    }
    if (defect == Defect.NO_LOCK) {
      return unlocked(words[1], message);
    }
    synchronized (this) {
      if (key == null || defect == Defect.KEY_IGNORED) {
        return route(words[1], message);
      }
      String request = words[1] + message.body();
      Bound bound = keys.get(key);
      if (bound != null && bound.request().equals(request)) {
        return bound.answer();
      }
      if (bound != null && defect != Defect.KEY_UNBOUND) {
        return problem(422, "key_reused");
      }
      Answer answer = route(words[1], message);
      tellOfStock();
      if (answer.status() < 300) {
        keys.put(key, new Bound(request, answer));
      }
      return answer;
    }
  }

  private Answer overwriting(String sku, JsonNode body) {
    long had;
    synchronized (this) {
      had = stock.onHand(sku);
    }
    LockSupport.parkNanos(THINKING_NANOS);
    synchronized (this) {
      stock.receive(sku, had + body.path("quantity").longValue() - stock.onHand(sku));
    }
    return new Answer(201, "{}");
  }

  /// Looks, thinks, and takes what may be gone by then.
  private Answer unlocked(String path, Message message) throws IOException {
    if (path.equals("/v1/purchases") || path.equals("/buy_ticket")) {
      List<Line> lines = lines(path, Json.read(message.body()));
      boolean isThere;
      synchronized (this) {
        isThere = stock.hasAll(lines);
      }
      LockSupport.parkNanos(THINKING_NANOS);
      if (!isThere) {
        return refused(path);
      }
    }
    synchronized (this) {
      JsonNode body = Json.read(message.body());
      return path.equals("/v1/purchases") || path.equals("/buy_ticket")
          ? bought(path, body)
          : route(path, message);
    }
  }

  private Answer route(String path, Message message) throws IOException {
    JsonNode body = Json.read(message.body());
    if (path.equals("/v1/items")) {
      return new Answer(201, "{}");
    }
    if (path.equals("/v1/order-numbers")) {
      return orders.numbers();
    }
    if (path.startsWith("/v1/orders")) {
      return order(path, message.start().startsWith("GET"), body);
    }
    if (path.endsWith("/receipts")) {
      stock.receive(path.split("/", -1)[3], body.path("quantity").longValue());
      return new Answer(201, "{}");
    }
    if (path.equals("/reset")) {
      stock.receive("ticket", 100 - stock.onHand("ticket"));
      return new Answer(200, "{}");
    }
    if (path.equals("/inventory")) {
      return new Answer(
          200, Json.write(Map.of("item_id", "ticket", "current_stock", stock.onHand("ticket"))));
    }
    if (path.endsWith("/stock")) {
      String sku = path.split("/", -1)[3];
      Map<String, Object> told = new LinkedHashMap<>();
      told.put("on_hand", stock.onHand(sku));
      told.put("reserved", stock.reserved(sku));
      if (events.isStockTold()) {
        // Who tells of levels tells with each answer, too, where it was served from; this one
        // can't.
        told.put("levels", List.of(stock.level(sku)));
      }
      return new Answer(200, Json.write(told));
    }
    return claimOrEnd(path, body);
  }

  private Answer order(String path, boolean isRead, JsonNode body) {
    String[] parts = path.split("/", -1);
    if (parts.length == 5) {
      return orders.step(parts[3], parts[4]);
    }
    if (isRead && parts.length == 4 && !path.contains("?")) {
      return orders.read(parts[3]);
    }
    return isRead ? orders.list() : orders.place(lines(path, body), body);
  }

  private void tellOfStock() {
    stock.moved().forEach(sku -> events.tell(sku, stock.level(sku)));
  }

  private Answer claimOrEnd(String path, JsonNode body) {
    if (path.equals("/v1/purchases") || path.equals("/buy_ticket")) {
      List<Line> lines = lines(path, body);
      return stock.hasAll(lines) ? bought(path, body) : shortOf(path, lines);
    }
    if (path.equals("/v1/reservations")) {
      List<Line> lines = lines(path, body);
      return stock.hasAll(lines) ? reserved(lines, body) : shortOf(path, lines);
    }
    String[] parts = path.split("/", -1);
    return stock
        .find(parts[3])
        .map(found -> parts.length == 4 ? told(200, found) : end(found, parts[4]))
        .orElse(problem(404, "unknown_reservation"));
  }

  private Answer reserved(List<Line> lines, JsonNode body) {
    long ttlNanos = body.path("ttl_seconds").longValue() * 1_000_000_000L;
    FakeStock.Reservation made = stock.reserve(body.path("customer").asText(), lines, ttlNanos);
    events.tell(made, "reserved");
    return told(201, made);
  }

  private Answer end(FakeStock.Reservation reservation, String verb) {
    String state = verb.equals("commit") ? "committed" : "released";
    if (!stock.end(reservation, state)) {
      return problem(410, "reservation_expired");
    }
    events.tell(reservation, state);
    return told(200, reservation);
  }

  private Answer bought(String path, JsonNode body) {
    FakeStock.Reservation made = stock.purchase(body.path("customer").asText(), lines(path, body));
    return path.equals("/buy_ticket") ? new Answer(200, "{\"success\":true}") : told(201, made);
  }

  private Answer shortOf(String path, List<Line> lines) {
    if (defect == Defect.PARTIAL) {
      stock.takeUntilShort(lines);
    }
    if (defect == Defect.LATE_EFFECT) {
      var _ = clock.schedule(() -> takeAnyway(lines), 600, TimeUnit.MILLISECONDS);
    }
    return refused(path);
  }

  private synchronized void takeAnyway(List<Line> lines) {
    lines.forEach(line -> stock.receive(line.sku(), -line.quantity()));
  }

  private synchronized void expire() {
    for (FakeStock.Reservation expired : stock.expireDue()) {
      events.tell(expired, "expired");
      orders.expire(expired);
    }
    tellOfStock();
  }

  private static Answer refused(String path) {
    return path.equals("/buy_ticket")
        ? new Answer(410, "{\"success\":false}")
        : problem(409, "insufficient_stock");
  }

  static Answer problem(int status, String code) {
    return new Answer(status, Json.write(Map.of("code", code)));
  }

  private static Answer told(int status, FakeStock.Reservation reservation) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("id", reservation.id);
    body.put("state", reservation.state);
    body.put("expires_at", reservation.expiresAt.toString());
    body.put("customer", reservation.customer);
    body.put("lines", reservation.lines);
    return new Answer(status, Json.write(body));
  }

  private static List<Line> lines(String path, JsonNode body) {
    if (path.equals("/buy_ticket")) {
      return List.of(new Line("ticket", 1));
    }
    List<Line> lines = new ArrayList<>();
    body.path("lines")
        .forEach(
            line ->
                lines.add(new Line(line.path("sku").asText(), line.path("quantity").longValue())));
    return lines;
  }

  private static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception ignored) {
      // The test is over.
    }
  }
}
