package io.holdfast.server.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.server.start.PostgresRelay.Loss;
import io.holdfast.server.start.PostgresRelay.Point;
import io.holdfast.server.start.PostgresRelay.Sender;
import io.holdfast.server.start.TwoTenants.Request;
import io.holdfast.server.start.TwoTenants.Tenant;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// No tenant is ever told anything of another's, wherever in a request its connection to the
/// database is lost and whoever has a connection of the same pool next; and no tenant is left on a
/// connection that has come back.
///
/// A request is repeated with its connection lost in front of its first message, its second, and so
/// on, until it comes to its end first.
class CutConnectionsTest {
  private static final String LEFT = "left on a connection";
  private static final int MAX_MESSAGES = 500;
  private static final int MAX_ATTEMPTS = 4;
  private static final long MAX_ENDING_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

  // A request has a beginning, a tenant, its work and an end.
  private static final int MIN_MESSAGES = 8;

  private static final String TERMINATE = "SELECT pg_terminate_backend(?)";

  private static final String IS_ALIVE =
      "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE pid = ?)";

  private Connection superuser;
  private PostgresRelay relay;
  private final Map<String, Integer> losses = new TreeMap<>();
  private final List<String> leaks = new ArrayList<>();

  /// Filled in by [#begin], which runs before each test.
  @SuppressWarnings("NullAway.Init")
  CutConnectionsTest() {}

  @BeforeEach
  void begin() throws SQLException, IOException {
    superuser = MigratedDatabase.shared().connectAsSuperuser();
    relay = PostgresRelay.before(MigratedDatabase.shared().port(), this::terminate);
  }

  @AfterEach
  void end() throws SQLException {
    relay.close();
    superuser.close();
  }

  @Test
  void noTenantSeesAnothersCanaryWhereverAConnectionIsLost() throws SQLException {
    try (TwoTenants two = TwoTenants.on(application())) {
      loseEverywhere(two, MAX_MESSAGES);
    }
    assertEquals(List.of(), leaks);
    assertEquals(
        Request.values().length * Sender.values().length * Loss.values().length,
        losses.size(),
        losses::toString);
    losses.forEach((kind, count) -> assertTrue(count >= MIN_MESSAGES, losses::toString));
  }

  @Test
  void findsATenantThatIsLeftOnItsConnection() throws SQLException {
    try (TwoTenants two = TwoTenants.withTenantsLeftBehind(application())) {
      loseEverywhere(two, 1);
    }
    assertTrue(leaks.stream().anyMatch(leak -> leak.startsWith(LEFT)), leaks::toString);
  }

  private DatabaseUrl application() {
    return MigratedDatabase.shared().applicationBy(relay.port());
  }

  private void loseEverywhere(TwoTenants two, int maxMessages) throws SQLException {
    Tenant one = two.tenant();
    Tenant other = two.tenant();
    for (Request request : Request.values()) {
      for (Sender sender : Sender.values()) {
        for (Loss loss : Loss.values()) {
          int message = 1;
          while (message <= maxMessages
              && isLost(two, List.of(one, other), request, new Point(sender, loss, message))) {
            losses.merge(request + " " + sender + " " + loss, 1, Integer::sum);
            message++;
          }
          assertTrue(message <= MAX_MESSAGES, "the request never comes to its end");
        }
      }
    }
  }

  /// Whether the point was reached before the request was at its end.
  private boolean isLost(TwoTenants two, List<Tenant> tenants, Request request, Point point)
      throws SQLException {
    relay.aim(point);
    Optional<String> answer = two.ask(tenants.getFirst(), request);
    boolean isLost = relay.disarm();
    answer.ifPresent(text -> check(text, tenants.getFirst(), tenants.getLast(), point));
    look(two, tenants.reversed(), point);
    return isLost;
  }

  /// The next of them has the connection that was lost, or whatever has come in its place.
  private void look(TwoTenants two, List<Tenant> tenants, Point point) throws SQLException {
    for (Tenant tenant : tenants) {
      Tenant other = tenant.equals(tenants.getFirst()) ? tenants.getLast() : tenants.getFirst();
      check(seen(two, tenant), tenant, other, point);
    }
    String left = two.leftOnConnections();
    if (!left.isEmpty()) {
      leaks.add(LEFT + " after " + point + ": " + left);
    }
  }

  /// A connection that was lost behind a request's end is found out by the one after.
  private static String seen(TwoTenants two, Tenant tenant) throws SQLException {
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      Optional<String> seen = two.ask(tenant, Request.LOOK);
      if (seen.isPresent()) {
        return seen.get();
      }
    }
    throw new AssertionError("the pool does not get well again");
  }

  private void check(String answer, Tenant asking, Tenant other, Point point) {
    assertTrue(answer.contains(asking.canary()) || answer.contains("Reserved"), answer);
    if (answer.contains(other.canary())) {
      leaks.add("seen by another after " + point + ": " + answer);
    }
  }

  /// To wait is up to us: the database would look every 100 ms only.
  private synchronized void terminate(int backend) {
    try {
      assertTrue(ask(TERMINATE, backend), "there is no such session");
      long begunNanos = System.nanoTime();
      while (ask(IS_ALIVE, backend)) {
        assertTrue(System.nanoTime() - begunNanos < MAX_ENDING_NANOS, "the session does not end");
        LockSupport.parkNanos(LOOK_NANOS);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("a session can't be ended", e);
    }
  }

  private boolean ask(String question, int backend) throws SQLException {
    try (PreparedStatement statement = superuser.prepareStatement(question)) {
      statement.setInt(1, backend);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }
}
