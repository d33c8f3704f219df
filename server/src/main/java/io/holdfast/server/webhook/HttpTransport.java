package io.holdfast.server.webhook;

import io.holdfast.server.webhook.Outcome.Fault;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Posts by HTTP, to the very address that was looked at: a name that leads elsewhere a moment
/// later leads nobody past [Destinations]. Redirects are not followed for the same reason.
final class HttpTransport implements Transport, AutoCloseable {
  static final Duration MAX_WAIT = Duration.ofSeconds(10);

  private static final int CONNECT_MILLIS = 3_000;
  private static final int IDLE_SECONDS = 15;

  /// To one address, so that one webhook keeps no other waiting.
  private static final int MAX_CONNECTIONS = 256;

  /// Of an answer's body. Nobody reads it, and its connection is closed when there is more.
  private static final int MAX_BODY_BYTES = 1 << 16;

  private final Destinations destinations;
  private final InstantSource clock;
  private final Duration maxWait;
  private final Vertx vertx;
  private final HttpClient client;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  HttpTransport(Destinations destinations, InstantSource clock, Duration maxWait) {
    this.destinations = destinations;
    this.clock = clock;
    this.maxWait = maxWait;
    this.vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setKeepAliveTimeout(IDLE_SECONDS)
                .setMaxPoolSize(MAX_CONNECTIONS)
                .setForceSni(true));
  }

  @Override
  public Outcome post(Post post) {
    long giveUp = System.nanoTime() + maxWait.toNanos();
    try {
      List<InetAddress> found = within(giveUp, () -> destinations.of(post.url()));
      if (found.isEmpty()) {
        return new Outcome.Failed(Fault.ADDRESS_NOT_ALLOWED);
      }
      return within(giveUp, () -> post(post, found.get(post.number() % found.size()), giveUp));
    } catch (TimeoutException e) {
      return new Outcome.Failed(Fault.TIMED_OUT);
    } catch (ExecutionException e) {
      return new Outcome.Failed(fault(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome.Failed(Fault.CONNECTION_LOST);
    }
  }

  /// What lies between is code of others, who keep their own times: whatever hangs there, hangs
  /// alone.
  private <T> T within(long giveUp, Callable<T> work)
      throws TimeoutException, ExecutionException, InterruptedException {
    java.util.concurrent.Future<T> asked = threads.submit(work);
    try {
      return asked.get(giveUp - System.nanoTime(), TimeUnit.NANOSECONDS);
    } finally {
      asked.cancel(true);
    }
  }

  private Outcome post(Post post, InetAddress address, long giveUp) throws Exception {
    long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(giveUp - System.nanoTime()));
    WebhookUrl url = post.url();
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, url.port())))
            .setHost(url.uri().getHost())
            .setPort(url.port())
            .setSsl(url.isSecure())
            .setURI(url.target())
            .setTimeout(millis);
    post.headers().forEach(options::putHeader);
    Future<HttpClientRequest> begun = client.request(options);
    Future<HttpClientResponse> answered =
        begun.compose(request -> request.send(Buffer.buffer(post.body()))).map(this::discarded);
    try {
      HttpClientResponse response =
          answered.toCompletionStage().toCompletableFuture().get(millis, TimeUnit.MILLISECONDS);
      return outcome(response.statusCode(), response.getHeader("Retry-After"));
    } catch (TimeoutException | InterruptedException e) {
      begun.onSuccess(HttpClientRequest::reset);
      throw e;
    }
  }

  /// It has to be read, or the connection is not free again.
  private HttpClientResponse discarded(HttpClientResponse response) {
    long[] read = new long[1];
    response.handler(
        part -> {
          read[0] += part.length();
          if (read[0] > MAX_BODY_BYTES) {
            response.request().reset();
          }
        });
    return response;
  }

  private Outcome outcome(int status, @Nullable String retryAfter) {
    if (status >= 200 && status < 300) {
      return new Outcome.Taken();
    }
    Instant now = clock.instant();
    return new Outcome.Refused(status, RetryAfter.of(retryAfter, now));
  }

  private static Fault fault(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      Fault known =
          switch (cause) {
            case UnknownHostException _ -> Fault.UNKNOWN_HOST;
            case ConnectException _ -> Fault.NOT_CONNECTED;
            case SSLException _ -> Fault.NOT_TRUSTED;
            case TimeoutException _ -> Fault.TIMED_OUT;
            default -> null;
          };
      if (known != null) {
        return known;
      }
    }
    return Fault.CONNECTION_LOST;
  }

  /// What is under way fails, and is tried again by whoever comes next.
  @Override
  public void close() {
    threads.shutdownNow();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
