package io.holdfast.server.payment;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.server.payment.ProviderAnswer.Refused;
import io.holdfast.server.payment.ProviderAnswer.Told;
import io.holdfast.server.payment.ProviderAnswer.Unknown;
import io.holdfast.server.payment.StripeCalls.Heard;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Payment intents of Stripe, and of whatever speaks as it does.
final class Stripe implements PaymentProvider {
  private static final String INTENTS = "/v1/payment_intents";
  private static final String REFUNDS = "/v1/refunds";

  /// Of what has none by the standard, Stripe counts hundredths.
  private static final Set<String> COUNTED_IN_HUNDREDTHS = Set.of("ISK", "UGX");

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_]{1,200}");

  private final StripeCalls calls;

  Stripe(StripeCalls calls) {
    this.calls = calls;
  }

  @Override
  public ProviderAnswer<Intent> authorize(SecretKey account, Authorization wanted) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("amount", amount(wanted.amount(), wanted.currency()));
    form.put("currency", wanted.currency().toLowerCase(Locale.ROOT));
    form.put("payment_method", wanted.method());
    form.put("capture_method", "manual");
    form.put("confirm", "true");
    // Nobody could be sent back from another page.
    form.put("automatic_payment_methods[enabled]", "true");
    form.put("automatic_payment_methods[allow_redirects]", "never");
    form.put("metadata[order]", wanted.order());
    form.put("metadata[payment]", wanted.payment().toString());
    return read(calls.post(account, INTENTS, wanted.payment().toString(), form), Stripe::intent);
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
  public ProviderAnswer<String> refund(SecretKey account, Repayment wanted) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("payment_intent", wanted.intent());
    form.put("amount", amount(wanted.amount(), wanted.currency()));
    form.put("metadata[refund]", wanted.refund().toString());
    return read(calls.post(account, REFUNDS, wanted.refund().toString(), form), Stripe::id);
  }

  @Override
  public ProviderAnswer<Optional<String>> findRefund(SecretKey account, Repayment wanted) {
    String path = REFUNDS + "?limit=100&payment_intent=" + StripeCalls.encoded(wanted.intent());
    return read(calls.get(account, path), body -> refund(body, wanted));
  }

  private static Optional<String> refund(JsonNode list, Repayment wanted) {
    for (JsonNode each : list.path("data")) {
      if (each.at("/metadata/refund").asText().equals(wanted.refund().toString())) {
        return Optional.ofNullable(id(each));
      }
    }
    return Optional.empty();
  }

  private static String at(String intent) {
    return INTENTS + "/" + intent;
  }

  private static String amount(long minorUnits, String currency) {
    long factor = COUNTED_IN_HUNDREDTHS.contains(currency) ? 100 : 1;
    return Long.toString(Math.multiplyExact(minorUnits, factor));
  }

  /// @param reading null: it can't be read
  private static <T> ProviderAnswer<T> read(Heard heard, Function<JsonNode, @Nullable T> reading) {
    return switch (heard) {
      case Heard.Nothing nothing -> new Unknown<>(nothing.why(), nothing.isUntouched());
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
      return it == null ? new Unknown<>("its answer can't be read", false) : new Told<>(it);
    }
    boolean isRequestWrong =
        (status == 400 || status == 404)
            && error.path("type").asText().equals("invalid_request_error");
    if (status == 402 || isRequestWrong) {
      return new Refused<>(code(error));
    }
    // Whoever is not let in, or comes too often, has done nothing.
    boolean isUntouched = status == 401 || status == 403 || status == 429;
    return new Unknown<>("it answers " + status, isUntouched);
  }

  private static String code(JsonNode error) {
    String code = error.path("decline_code").asText(error.path("code").asText("refused"));
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
      case "requires_action", "processing", "requires_confirmation" -> Intent.Status.WAITING;
      case "requires_capture" -> Intent.Status.AUTHORIZED;
      case "succeeded" -> Intent.Status.CHARGED;
      case "canceled" -> Intent.Status.CANCELLED;
      case "requires_payment_method" -> Intent.Status.DECLINED;
      default -> null;
    };
  }
}
