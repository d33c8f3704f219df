package io.holdfast.server.webhook;

import java.util.Locale;

/// Whether a webhook is sent anything.
enum WebhookState {
  ACTIVE,
  PAUSED;

  /// As the API and the table write it.
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// @throws IllegalArgumentException if there is none
  static WebhookState named(String code) {
    for (WebhookState state : values()) {
      if (state.code().equals(code)) {
        return state;
      }
    }
    throw new IllegalArgumentException("must be active or paused");
  }
}
