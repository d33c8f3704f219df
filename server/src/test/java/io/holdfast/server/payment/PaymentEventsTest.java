package io.holdfast.server.payment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.server.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What an event does: it has a payment looked at, once.
class PaymentEventsTest extends PaidOrders {
  private static final String SECRET = "whsec_of_the_events";

  private final PaymentEvents events = new PaymentEvents(Jdbi.create(pool), tenants);
  private String slug = "";

  @BeforeEach
  void hearOfEvents() {
    slug =
        superuser.withHandle(
            handle -> {
              handle.execute(
                  "UPDATE holdfast.payment_settings SET webhook_secret = ? WHERE tenant_id = ?",
                  SECRET,
                  tenant.value());
              return handle
                  .createQuery("SELECT slug FROM holdfast.tenants WHERE tenant_id = ?")
                  .bind(0, tenant.value())
                  .mapTo(String.class)
                  .one();
            });
  }

  private void hear(String secret, String body) {
    events.hear(
        slug,
        StripeServer.signature(secret, body, Instant.now()),
        body.getBytes(StandardCharsets.UTF_8));
  }

  private static String event(String object) {
    return "{\"id\":\"evt_%s\",\"type\":\"any\",\"data\":{\"object\":%s}}"
        .formatted(UUID.randomUUID().toString().replace("-", ""), object);
  }

  private static String intent(String id) {
    return "{\"object\":\"payment_intent\",\"id\":\"%s\",\"status\":\"succeeded\"}".formatted(id);
  }

  @Test
  void anEventHasItsPaymentLookedAtOnceHoweverOftenItComes() throws SQLException {
    StoredPayment.Id id = paid(placed(1), StripeServer.ASKS_THE_BUYER);
    String event = event(intent(intent(id).id()));
    assertFalse(isDue(id));
    hear(SECRET, event);
    assertTrue(isDue(id));
    settler.settle(id);
    assertEquals(PaymentState.PENDING, state(id));
    assertFalse(isDue(id));
    hear(SECRET, event);
    assertFalse(isDue(id));
  }

  @Test
  void aPaymentWhoseIntentIsNotKnownYetIsFoundByItsName() throws SQLException {
    stripe.fail("authorize", StripeServer.Fault.LOST_ANSWER);
    StoredPayment.Id id = paid(placed(1), StripeServer.GOOD);
    String object =
        "{\"object\":\"payment_intent\",\"id\":\"pi_1\",\"metadata\":{\"payment\":\"%s\"}}"
            .formatted(id.payment());
    hear(SECRET, event(object));
    assertTrue(isDue(id));
    settler.settle(id);
    assertEquals(PaymentState.CAPTURED, state(id));
  }

  @Test
  void whatSomebodyElseSaysHasNothingLookedAt() throws SQLException {
    StoredPayment.Id id = paid(placed(1), StripeServer.ASKS_THE_BUYER);
    String event = event(intent(intent(id).id()));
    assertThrows(ProblemException.class, () -> hear("whsec_of_another", event));
    assertFalse(isDue(id));
    hear(SECRET, event);
    assertTrue(isDue(id));
  }

  @Test
  void whatIsAboutNothingIsTakenAndDoesNothing() throws SQLException {
    StoredPayment.Id id = paid(placed(1), StripeServer.ASKS_THE_BUYER);
    hear(SECRET, event("{\"object\":\"customer\",\"id\":\"cus_1\"}"));
    hear(SECRET, "{\"id\":\"evt_" + System.nanoTime() + "\"}");
    assertFalse(isDue(id));
  }

  @Test
  void eventsAreForgottenAfterAMonth() {
    hear(SECRET, event("{}"));
    hear(SECRET, event("{}"));
    superuser.useHandle(
        handle ->
            handle.execute(
                """
                UPDATE holdfast.payment_events SET received_at = received_at - interval '31 days'
                WHERE (tenant_id, event) IN (
                    SELECT tenant_id, event FROM holdfast.payment_events
                    WHERE tenant_id = ? LIMIT 1)
                """,
                tenant.value()));
    superuser.useHandle(
        handle ->
            assertEquals(
                1,
                handle
                    .createQuery("SELECT holdfast.forget('payment_events', 100)")
                    .mapTo(Long.class)
                    .one()));
  }
}
