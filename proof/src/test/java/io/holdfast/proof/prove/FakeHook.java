package io.holdfast.proof.prove;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Sends what a [FakeShop] tells of to one address, until that has accepted it.
final class FakeHook implements AutoCloseable {
  static final String ID = "hook-1";
  static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private static final long RETRY_NANOS = 20_000_000;
  private static final Duration ANSWER_MAX = Duration.ofSeconds(5);

  private final Defect defect;
  private final URI url;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, CompletableFuture<Void>> sent = new HashMap<>();

  FakeHook(Defect defect, String url) {
    this.defect = defect;
    this.url = URI.create(url);
  }

  /// One subject's events go one after the other.
  synchronized void send(long position, String subject, String body) {
    CompletableFuture<Void> before =
        defect == Defect.WEBHOOKS_OVERTAKE
            ? CompletableFuture.completedFuture(null)
            : sent.getOrDefault(subject, CompletableFuture.completedFuture(null));
    sent.put(subject, before.thenRunAsync(() -> deliver(position, body), threads));
  }

  private void deliver(long position, String body) {
    while (!threads.isShutdown() && !isAccepted(position, body)) {
      if (defect == Defect.WEBHOOK_SENT_ONCE) {
        return;
      }
      LockSupport.parkNanos(RETRY_NANOS);
    }
  }

  private boolean isAccepted(long position, String body) {
    String id = ID + "." + position;
    String timestamp = Long.toString(System.currentTimeMillis() / 1_000);
    String signed =
        defect == Defect.WEBHOOK_SIGNED_WRONG ? body : id + "." + timestamp + "." + body;
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .timeout(ANSWER_MAX)
            .header("Content-Type", "application/cloudevents+json")
            .header("webhook-id", id)
            .header("webhook-timestamp", timestamp)
            .header("webhook-signature", "v1," + hmac(signed))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 204;
    } catch (IOException unanswered) {
      return false;
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static String hmac(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(
          new SecretKeySpec(
              Base64.getDecoder().decode(SECRET.substring("whsec_".length())), "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    client.shutdownNow();
  }
}
