package io.holdfast.server.payment;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.server.payment.ProviderAnswer.Refused;
import io.holdfast.server.payment.ProviderAnswer.Told;
import io.holdfast.server.payment.ProviderAnswer.Trace;
import io.holdfast.server.payment.ProviderAnswer.Unknown;
import io.holdfast.server.payment.StripeCalls.Heard;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Payment intents of Stripe, and of whatever speaks as it does.
final class Stripe implements PaymentProvider {
  private static final String INTENTS = "/v1/payment_intents";
  private static final String REFUNDS = "/v1/refunds";

  /// Of refunds that came to nothing.
  private static final Set<String> ENDED = Set.of("failed", "canceled");

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_]{1,200}");

  private final StripeCalls calls;

  Stripe(StripeCalls calls) {
    this.calls = calls;
  }

  @Override
  public ProviderAnswer<Intent> create(SecretKey account, Authorization wanted, String key) {
    OptionalLong amount = StripeAmount.of(wanted.amount(), wanted.currency());
    if (amount.isEmpty()) {
      return new Refused<>(StripeAmount.NOT_CHARGEABLE);
    }
    Map<String, String> form = new LinkedHashMap<>();
    form.put("amount", Long.toString(amount.getAsLong()));
    form.put("currency", wanted.currency().toLowerCase(Locale.ROOT));
    form.put("payment_method", wanted.method());
    form.put("capture_method", "manual");
    // Nobody could be sent back from another page.
    form.put("automatic_payment_methods[enabled]", "true");
    form.put("automatic_payment_methods[allow_redirects]", "never");
    form.put("metadata[order]", wanted.order());
    form.put("metadata[payment]", wanted.payment().toString());
    return read(calls.post(account, INTENTS, key, form), Stripe::intent);
  }

  @Override
  public ProviderAnswer<Intent> authorize(SecretKey account, String intent, String key) {
    return read(calls.post(account, at(intent) + "/confirm", key, Map.of()), Stripe::intent);
  }

  @Override
  public ProviderAnswer<Intent> capture(SecretKey account, String intent, String key) {
    return read(calls.post(account, at(intent) + "/capture", key, Map.of()), Stripe::intent);
  }

  @Override
  public ProviderAnswer<Intent> cancel(SecretKey account, String intent, String key) {
    return read(calls.post(account, at(intent) + "/cancel", key, Map.of()), Stripe::intent);
  }

  @Override
  public ProviderAnswer<Intent> find(SecretKey account, String intent) {
    return read(calls.get(account, at(intent)), Stripe::intent);
  }

  @Override
  public ProviderAnswer<Repaid> refund(SecretKey account, Repayment wanted) {
    OptionalLong amount = StripeAmount.of(wanted.amount(), wanted.currency());
    if (amount.isEmpty()) {
      return new Refused<>(StripeAmount.NOT_CHARGEABLE);
    }
    Map<String, String> form = new LinkedHashMap<>();
    form.put("payment_intent", wanted.intent());
    form.put("amount", Long.toString(amount.getAsLong()));
    form.put("metadata[refund]", wanted.refund().toString());
    return read(calls.post(account, REFUNDS, wanted.refund().toString(), form), Stripe::repaid);
  }

  @Override
  public ProviderAnswer<List<Repaid>> findRefund(SecretKey account, Repayment wanted) {
    String path = REFUNDS + "?limit=100&payment_intent=" + StripeCalls.encoded(wanted.intent());
    return read(calls.get(account, path), body -> refunds(body, wanted));
  }

  /// Null: it can't be read, so nobody knows whether it is among them.
  private static @Nullable List<Repaid> refunds(JsonNode list, Repayment wanted) {
    if (!list.path("data").isArray()) {
      return null;
    }
    for (JsonNode each : list.path("data")) {
      if (each.at("/metadata/refund").asText().equals(wanted.refund().toString())) {
        Repaid repaid = repaid(each);
        return repaid == null ? null : List.of(repaid);
      }
    }
    return List.of();
  }

  private static @Nullable Repaid repaid(JsonNode object) {
    String id = id(object);
    if (id == null) {
      return null;
    }
    boolean isEnded = ENDED.contains(object.path("status").asText());
    return new Repaid(id, isEnded ? named(object.path("failure_reason").asText("refused")) : null);
  }

  private static String at(String intent) {
    return INTENTS + "/" + intent;
  }

  /// @param reading null: it can't be read
  private static <T> ProviderAnswer<T> read(Heard heard, Function<JsonNode, @Nullable T> reading) {
    return switch (heard) {
      case Heard.Nothing nothing ->
          new Unknown<>(nothing.why(), nothing.isUntouched() ? Trace.UNTOUCHED : Trace.SILENT);
      case Heard.Answer answer -> read(answer, reading);
    };
  }

  private static <T> ProviderAnswer<T> read(
      Heard.Answer answer, Function<JsonNode, @Nullable T> reading) {
    int status = answer.status();
    JsonNode error = answer.body().path("error");
    boolean isDeclined = status == 402 && error.path("payment_intent").isObject();
    if (status == 200 || isDeclined) {
      T it = reading.apply(isDeclined ? error.path("payment_intent") : answer.body());
      return it == null ? new Unknown<>("its answer can't be read", Trace.SILENT) : new Told<>(it);
    }
    boolean isRequestWrong =
        (status == 400 || status == 404)
            && error.path("type").asText().equals("invalid_request_error");
    if (status == 402 || isRequestWrong) {
      return new Refused<>(code(error));
    }
    return new Unknown<>("it answers " + status, trace(status));
  }

  private static Trace trace(int status) {
    return switch (status) {
      // Whoever is not let in, or comes too often, has done nothing.
      case 401, 403, 429 -> Trace.UNTOUCHED;
      // Whoever comes while the same is being done.
      case 409 -> Trace.SILENT;
      default -> Trace.FAULT;
    };
  }

  private static String code(JsonNode error) {
    String code = error.path("decline_code").asText(error.path("code").asText("refused"));
    return named(code);
  }

  private static String named(String code) {
    return ID.matcher(code).matches() ? code : "refused";
  }

  private static @Nullable String id(JsonNode object) {
    String id = object.path("id").asText();
    return ID.matcher(id).matches() ? id : null;
  }

  private static @Nullable Intent intent(JsonNode object) {
    String id = id(object);
    Intent.Status status = status(object.path("status").asText());
    if (id == null || status == null) {
      return null;
    }
    String fault =
        status == Intent.Status.DECLINED ? code(object.path("last_payment_error")) : null;
    return new Intent(id, status, object.path("client_secret").asText(null), fault);
  }

  private static Intent.@Nullable Status status(String named) {
    return switch (named) {
      case "requires_confirmation" -> Intent.Status.UNCONFIRMED;
      case "requires_action", "processing" -> Intent.Status.WAITING;
      case "requires_capture" -> Intent.Status.AUTHORIZED;
      case "succeeded" -> Intent.Status.CHARGED;
      case "canceled" -> Intent.Status.CANCELLED;
      case "requires_payment_method" -> Intent.Status.DECLINED;
      default -> null;
    };
  }
}
