package io.holdfast.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.holdfast.server.oidc.TokenSigner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jose4j.jwt.JwtClaims;
import org.jspecify.annotations.Nullable;

/// A provider of OpenID Connect, as small as one can be that keeps the rules: a code is good once,
/// for the client and the address that it was given for, and for whoever knows the verifier of
/// PKCE. What it says in its tokens, and how it signs them, a test can change.
final class TestProvider implements AutoCloseable {
  static final String CLIENT = "holdfast";
  static final String SECRET = "c2VjcmV0IG9mIGEgdGVzdA==";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LIFE_SECONDS = 300;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Asked> codes = new ConcurrentHashMap<>();
  private final AtomicInteger keyRequests = new AtomicInteger();
  private final AtomicInteger tokenRequests = new AtomicInteger();
  private final int port;
  private @Nullable HttpServer server;
  private volatile TokenSigner key = TokenSigner.rsa("first");
  private volatile Consumer<JwtClaims> says = _ -> {};
  private volatile Function<JwtClaims, String> signing = claims -> key.sign(claims);

  /// What a code was given for.
  private record Asked(String redirectUri, String nonce, String challenge) {}

  private TestProvider(int port) {
    this.port = port;
  }

  static TestProvider start() throws IOException {
    HttpServer server = bound(0);
    TestProvider provider = new TestProvider(server.getAddress().getPort());
    provider.serve(server);
    return provider;
  }

  private static HttpServer bound(int port) throws IOException {
    return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
  }

  private void serve(HttpServer bound) {
    bound.setExecutor(threads);
    bound.createContext("/.well-known/openid-configuration", this::describe);
    bound.createContext("/authorize", this::authorize);
    bound.createContext("/token", this::token);
    bound.createContext("/keys", this::keys);
    bound.start();
    server = bound;
  }

  String issuer() {
    return "http://127.0.0.1:" + port;
  }

  TokenSigner key() {
    return key;
  }

  /// Signs with another key from now on, and tells of no other.
  void rotate(TokenSigner next) {
    key = next;
  }

  /// What else the tokens say, or say differently.
  void says(Consumer<JwtClaims> change) {
    says = change;
  }

  void signs(Function<JwtClaims, String> how) {
    signing = how;
  }

  /// As it should again.
  void behave() {
    says = _ -> {};
    signing = claims -> key.sign(claims);
  }

  int keyRequests() {
    return keyRequests.get();
  }

  int tokenRequests() {
    return tokenRequests.get();
  }

  /// Until it is up again nobody listens at its port.
  void down() {
    HttpServer running = server;
    if (running != null) {
      running.stop(0);
      server = null;
    }
  }

  void up() throws IOException {
    serve(bound(port));
  }

  @Override
  public void close() {
    down();
    threads.shutdownNow();
  }

  private void describe(HttpExchange exchange) throws IOException {
    send(
        exchange,
        200,
        Map.of(
            "issuer",
            issuer(),
            "authorization_endpoint",
            issuer() + "/authorize",
            "token_endpoint",
            issuer() + "/token",
            "jwks_uri",
            issuer() + "/keys",
            "code_challenge_methods_supported",
            List.of("S256"),
            "authorization_response_iss_parameter_supported",
            true));
  }

  private void keys(HttpExchange exchange) throws IOException {
    keyRequests.incrementAndGet();
    send(exchange, 200, Map.of("keys", List.of(key.publicKey())));
  }

  /// Whoever asks is let in at once.
  private void authorize(HttpExchange exchange) throws IOException {
    Map<String, String> query = form(exchange.getRequestURI().getRawQuery());
    boolean isRight =
        "code".equals(query.get("response_type"))
            && CLIENT.equals(query.get("client_id"))
            && "S256".equals(query.get("code_challenge_method"))
            && query.getOrDefault("scope", "").contains("openid");
    if (!isRight) {
      send(exchange, 400, Map.of("error", "invalid_request"));
      return;
    }
    String code = UUID.randomUUID().toString();
    String redirectUri = query.getOrDefault("redirect_uri", "");
    codes.put(
        code,
        new Asked(
            redirectUri,
            query.getOrDefault("nonce", ""),
            query.getOrDefault("code_challenge", "")));
    exchange
        .getResponseHeaders()
        .add(
            "Location",
            redirectUri
                + "?code="
                + code
                + "&state="
                + encoded(query.getOrDefault("state", ""))
                + "&iss="
                + encoded(issuer()));
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  private void token(HttpExchange exchange) throws IOException {
    tokenRequests.incrementAndGet();
    Map<String, String> form = form(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    if (!isOfClient(exchange)) {
      send(exchange, 401, Map.of("error", "invalid_client"));
      return;
    }
    Asked asked = codes.remove(form.getOrDefault("code", ""));
    if (asked == null
        || !asked.redirectUri.equals(form.get("redirect_uri"))
        || !asked.challenge.equals(digest(form.getOrDefault("code_verifier", "")))) {
      send(exchange, 400, Map.of("error", "invalid_grant"));
      return;
    }
    String token = signing.apply(claims(asked.nonce));
    send(exchange, 200, Map.of("id_token", token, "access_token", "x", "token_type", "Bearer"));
  }

  private JwtClaims claims(String nonce) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(issuer());
    claims.setAudience(CLIENT);
    claims.setSubject("nobody in particular");
    claims.setClaim("nonce", nonce);
    claims.setClaim("email", "nobody@example.org");
    claims.setIssuedAtToNow();
    claims.setExpirationTimeMinutesInTheFuture(LIFE_SECONDS / 60.0f);
    says.accept(claims);
    return claims;
  }

  private static boolean isOfClient(HttpExchange exchange) {
    String both = encoded(CLIENT) + ":" + encoded(SECRET);
    String wanted = "Basic " + Base64.getEncoder().encodeToString(both.getBytes(UTF_8));
    return wanted.equals(exchange.getRequestHeaders().getFirst("Authorization"));
  }

  private static String digest(String verifier) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static Map<String, String> form(@Nullable String text) {
    return Arrays.stream(String.valueOf(text).split("&"))
        .map(part -> part.split("=", 2))
        .filter(part -> part.length == 2)
        .collect(
            Collectors.toMap(
                part -> URLDecoder.decode(part[0], UTF_8),
                part -> URLDecoder.decode(part[1], UTF_8)));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private static void send(HttpExchange exchange, int status, Map<String, ?> body) {
    try {
      byte[] bytes = JSON.writeValueAsBytes(body);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
      exchange.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
