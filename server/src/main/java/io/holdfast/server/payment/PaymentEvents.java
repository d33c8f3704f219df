package io.holdfast.server.payment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.server.identity.TenantAtTheDoor;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;
import io.holdfast.stock.TenantId;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Hears of the provider that something has happened to a payment. It is believed that much, and no
/// more: what has happened, the provider is asked. So an event that comes late, twice or in another
/// order does no harm.
@Singleton
final class PaymentEvents {
  static final String EVENT_ADD =
      """
      INSERT INTO holdfast.payment_events (tenant_id, event) VALUES (?, ?) ON CONFLICT DO NOTHING
      """;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_]{1,200}");
  private static final int UUID_LENGTH = 36;

  private final Jdbi database;
  private final TenantScope tenants;
  private final InstantSource clock = InstantSource.system();

  PaymentEvents(Jdbi database, TenantScope tenants) {
    this.database = database;
    this.tenants = tenants;
  }

  /// What an event is about.
  private record About(String event, @Nullable String intent, @Nullable UUID payment) {}

  /// Ends the request unless the provider has signed it. Whether there is such a tenant, and
  /// whether it hears of events at all, nobody else is told.
  void hear(String slug, @Nullable String signature, byte[] body) {
    TenantId tenant = TenantAtTheDoor.named(database, slug).orElseThrow(PaymentEvents::refused);
    tenants.inTransaction(
        tenant,
        handle -> {
          SecretKey secret = PaymentSettings.read(handle, tenant).webhookSecret();
          if (secret == null || !EventSignature.isGood(secret, signature, body, clock.instant())) {
            throw refused();
          }
          return heard(handle, tenant, read(body).orElseThrow(PaymentEvents::refused));
        });
  }

  private static ProblemException refused() {
    return new ProblemException(
        ProblemCode.EVENT_REFUSED, "its signature, or what was signed, is not accepted");
  }

  /// @return how many payments are looked at again
  private static int heard(Handle handle, TenantId tenant, About about) {
    if (handle.execute(EVENT_ADD, tenant.value(), about.event()) == 0) {
      return 0;
    }
    return Payments.wake(handle, tenant, about.intent(), about.payment());
  }

  private static Optional<About> read(byte[] body) {
    try {
      JsonNode event = JSON.readTree(new String(body, StandardCharsets.UTF_8));
      String id = event.path("id").asText();
      JsonNode object = event.at("/data/object");
      boolean isIntent = object.path("object").asText().equals("payment_intent");
      String intent = object.path(isIntent ? "id" : "payment_intent").asText(null);
      return ID.matcher(id).matches()
          ? Optional.of(new About(id, intent, uuid(object.at("/metadata/payment").asText())))
          : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static @Nullable UUID uuid(String text) {
    try {
      return text.length() == UUID_LENGTH ? UUID.fromString(text) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
