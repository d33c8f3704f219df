package io.holdfast.proof.shop;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.proof.history.Call;
import org.jspecify.annotations.Nullable;

/// One try to be served, and its answer.
///
/// @param status 0: there was no answer
/// @param isRetryable whether the answer says when to come again
@JsonAutoDetect(isGetterVisibility = JsonAutoDetect.Visibility.NONE)
public record Try(int status, boolean isRetryable, String body, long startNanos, long endNanos) {

  public boolean isYes() {
    return status >= 200 && status < 300;
  }

  /// It may have taken effect or not: the same key tells.
  public boolean isUnknown() {
    return status == 0 || (status >= 500 && !isBusy());
  }

  /// Nothing took effect, and it may be asked again.
  public boolean isBusy() {
    return isRetryable && (status == 503 || status == 429);
  }

  public boolean isDefinite() {
    return !isUnknown() && !isBusy();
  }

  public boolean isShort() {
    return status == 409 && Codes.INSUFFICIENT_STOCK.equals(code());
  }

  public @Nullable String code() {
    return json().path("code").textValue();
  }

  public JsonNode json() {
    return Json.orMissing(body);
  }

  public Call.Span span() {
    return new Call.Span(startNanos, endNanos);
  }
}
