package io.holdfast.server.oidc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
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

/// Asks one provider, with a limit on everything: how long it takes to connect and to answer to the
/// last byte, how much it answers, and how many wait for it. It is followed nowhere else.
final class ProviderCalls {
  static final Duration MAX_CONNECT = Duration.ofSeconds(3);
  static final Duration MAX_WAIT = Duration.ofSeconds(8);

  private static final int MAX_AT_ONCE = 16;
  private static final int MAX_BYTES = 1 << 18;
  private static final int MAX_DEPTH = 16;
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
              .build());

  private final HttpClient client;
  private final Duration maxWait;
  private final Semaphore turns = new Semaphore(MAX_AT_ONCE);

  /// An answer, whatever its status.
  record Answer(int status, ObjectNode body) {
    boolean isOk() {
      return status == 200;
    }
  }

  /// @param client that connects within a limit and follows nothing
  ProviderCalls(HttpClient client, Duration maxWait) {
    this.client = client;
    this.maxWait = maxWait;
  }

  static HttpClient newClient() {
    return HttpClient.newBuilder()
        .connectTimeout(MAX_CONNECT)
        .followRedirects(HttpClient.Redirect.NEVER)
        .build();
  }

  /// What must be there.
  ObjectNode get(URI address) {
    Answer answer = ask(HttpRequest.newBuilder(address));
    if (!answer.isOk()) {
      throw ProviderFault.unusable("it answers " + answer.status() + " at " + address);
    }
    return answer.body();
  }

  Answer post(URI address, Map<String, String> form, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(encoded(form)));
    headers.forEach(request::header);
    return ask(request);
  }

  static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(part -> encoded(part.getKey()) + "=" + encoded(part.getValue()))
        .collect(Collectors.joining("&"));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Answer ask(HttpRequest.Builder request) {
    HttpRequest whole = request.header("Accept", "application/json").timeout(maxWait).build();
    if (!turns.tryAcquire()) {
      throw ProviderFault.unreachable("too many wait for its answer");
    }
    CompletableFuture<HttpResponse<byte[]>> asked =
        client.sendAsync(whole, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BYTES));
    try {
      // The limit of the request ends with the answer's head.
      HttpResponse<byte[]> response = asked.get(maxWait.toMillis(), TimeUnit.MILLISECONDS);
      return new Answer(response.statusCode(), object(response));
    } catch (TimeoutException e) {
      throw ProviderFault.unreachable("it did not answer in " + maxWait.toSeconds() + " s");
    } catch (ExecutionException e) {
      throw ProviderFault.unreachable(
          "no answer of %s (%s)".formatted(whole.uri().getAuthority(), root(e)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ProviderFault.unreachable("the node stops");
    } finally {
      asked.cancel(true);
      turns.release();
    }
  }

  /// What kind of failure it was, which says enough and repeats nothing.
  private static String root(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getClass().getSimpleName();
  }

  private static ObjectNode object(HttpResponse<byte[]> response) {
    try {
      JsonNode body = JSON.readTree(response.body());
      if (body instanceof ObjectNode object) {
        return object;
      }
    } catch (IOException e) {
      // Told below: what the parser says would repeat what was sent, a token perhaps.
    }
    throw ProviderFault.unusable(
        "it answers %d without JSON at %s".formatted(response.statusCode(), response.uri()));
  }
}
