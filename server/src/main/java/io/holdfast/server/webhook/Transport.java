package io.holdfast.server.webhook;

import java.util.Map;

/// What takes an attempt to where it goes.
@FunctionalInterface
interface Transport {

  /// One attempt.
  ///
  /// @param number of the attempts before, so that each goes to another of several addresses
  record Post(WebhookUrl url, Map<String, String> headers, String body, int number) {
    public Post {
      headers = Map.copyOf(headers);
    }
  }

  /// It takes some seconds at most.
  Outcome post(Post post);
}
