package io.holdfast.server.payment;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Asks the provider, with a limit on everything: how long it takes, how much it answers, how many
/// wait for it. It is followed nowhere else.
final class StripeCalls implements AutoCloseable {
  static final Duration MAX_WAIT = Duration.ofSeconds(15);

  private static final Duration MAX_CONNECT = Duration.ofSeconds(3);
  private static final int MAX_AT_ONCE = 64;
  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_DEPTH = 32;
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
              .build());

  private final StripeUrl url;
  private final Duration maxWait;
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(MAX_CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final Semaphore turns = new Semaphore(MAX_AT_ONCE);

  StripeCalls(StripeUrl url, Duration maxWait) {
    this.url = url;
    this.maxWait = maxWait;
  }

  /// An answer, or that there is none.
  sealed interface Heard {
    record Answer(int status, JsonNode body) implements Heard {}

    /// @param isUntouched whether the provider can't have heard of it
    record Nothing(String why, boolean isUntouched) implements Heard {}
  }

  Heard get(SecretKey account, String path) {
    return ask(account, HttpRequest.newBuilder(url.at(path)));
  }

  Heard post(SecretKey account, String path, String key, Map<String, String> form) {
    return ask(
        account,
        HttpRequest.newBuilder(url.at(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(encoded(form))));
  }

  private static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(part -> encoded(part.getKey()) + "=" + encoded(part.getValue()))
        .collect(Collectors.joining("&"));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Heard ask(SecretKey account, HttpRequest.Builder request) {
    HttpRequest whole =
        request
            .header("Accept", "application/json")
            .header("Authorization", "Bearer " + account.text())
            .timeout(maxWait)
            .build();
    if (!turns.tryAcquire()) {
      return new Heard.Nothing("too many wait for the provider", true);
    }
    CompletableFuture<HttpResponse<byte[]>> asked =
        client.sendAsync(whole, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BYTES));
    try {
      // The limit of the request ends with the answer's head.
      return heard(asked.get(maxWait.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return new Heard.Nothing("no answer in " + maxWait.toMillis() + " ms", false);
    } catch (ExecutionException e) {
      return nothing(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Heard.Nothing("the node stops", false);
    } finally {
      asked.cancel(true);
      turns.release();
    }
  }

  private static Heard heard(HttpResponse<byte[]> response) {
    JsonNode body = object(response.body());
    return body == null
        ? new Heard.Nothing("it answers " + response.statusCode() + " without JSON", false)
        : new Heard.Answer(response.statusCode(), body);
  }

  /// Null: it is none. What the parser says would repeat what was sent.
  private static @Nullable JsonNode object(byte[] body) {
    try {
      JsonNode parsed = JSON.readTree(body);
      return parsed != null && parsed.isObject() ? parsed : null;
    } catch (IOException e) {
      return null;
    }
  }

  /// Says what kind of failure it was, which is enough and repeats nothing.
  private static Heard nothing(ExecutionException failure) {
    boolean isUntouched = false;
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
      isUntouched |=
          cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException;
    }
    return new Heard.Nothing("no answer (" + cause.getClass().getSimpleName() + ")", isUntouched);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
