package io.holdfast.server.oidc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.server.account.Newcomers;
import io.holdfast.server.account.VouchedPerson;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;

/// A tenant's provider: where it lets people in, and who somebody is whom it has let in. It is
/// asked for nothing until somebody wants to log in.
final class Provider {
  private static final String SCOPES = "openid email profile";

  private final ProviderEntry entry;
  private final String redirectUri;
  private final ProviderCalls calls;
  private final Kept<ProviderMetadata> metadata;
  private final IdTokens tokens;

  Provider(
      ProviderEntry entry,
      PublicAddress address,
      ProviderCalls calls,
      InstantSource clock,
      LongSupplier nanoClock) {
    this.entry = entry;
    this.redirectUri = address.redirectUri(entry.tenantSlug());
    this.calls = calls;
    this.metadata = new Kept<>(this::described, nanoClock);
    this.tokens =
        new IdTokens(entry.issuer(), entry.clientId(), new Kept<>(this::keys, nanoClock), clock);
  }

  String name() {
    return entry.name();
  }

  Newcomers newcomers() {
    return entry.newcomers();
  }

  /// Where a browser is sent for a login.
  URI authorizationOf(PendingLogin login) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("response_type", "code");
    query.put("client_id", entry.clientId());
    query.put("redirect_uri", redirectUri);
    query.put("scope", SCOPES);
    query.put("state", login.state());
    query.put("nonce", login.nonce());
    query.put("code_challenge", login.challenge());
    query.put("code_challenge_method", "S256");
    URI endpoint = metadata.get().authorizationEndpoint();
    String separator = endpoint.getRawQuery() == null ? "?" : "&";
    return URI.create(endpoint + separator + ProviderCalls.encoded(query));
  }

  /// Holds what a browser says of who has sent it to this provider (RFC 9207).
  void requireSender(Optional<String> issuer) {
    boolean isIts =
        issuer.map(entry.issuer()::equals).orElseGet(() -> !metadata.get().tellsIssuer());
    if (!isIts) {
      throw new ProblemException(
          ProblemCode.LOGIN_REFUSED,
          "it was not %s that has sent you back, or it does not say so".formatted(entry.name()));
    }
  }

  /// Who a code was given to, for this login.
  VouchedPerson redeem(String code, PendingLogin login) {
    ProviderMetadata known = metadata.get();
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", redirectUri);
    form.put("code_verifier", login.verifier());
    Map<String, String> headers = new LinkedHashMap<>();
    if (known.isSecretInBody()) {
      form.put("client_id", entry.clientId());
      form.put("client_secret", entry.clientSecret().text());
    } else {
      headers.put("Authorization", basic());
    }
    ProviderCalls.Answer answer = calls.post(known.tokenEndpoint(), form, headers);
    if (!answer.isOk()) {
      throw refused(answer);
    }
    String token = answer.body().path("id_token").textValue();
    if (token == null) {
      throw ProviderFault.unusable("it gave no ID token");
    }
    return tokens.read(token, login.nonce());
  }

  /// Both parts are encoded before they are put together (RFC 6749, 2.3.1).
  private String basic() {
    String both =
        ProviderCalls.encoded(entry.clientId())
            + ":"
            + ProviderCalls.encoded(entry.clientSecret().text());
    return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.US_ASCII));
  }

  private static ProblemException refused(ProviderCalls.Answer answer) {
    String error = ProviderError.code(answer.body().path("error").textValue());
    return error.equals("invalid_grant")
        ? new ProblemException(
            ProblemCode.LOGIN_REFUSED, "the provider does not take the code, or not any more")
        : ProviderFault.unusable(
            "it refuses the request for a token with %d %s".formatted(answer.status(), error));
  }

  private ProviderMetadata described() {
    return ProviderMetadata.read(calls.get(entry.document()), entry.issuer());
  }

  private List<JsonWebKey> keys() {
    ObjectNode set = calls.get(metadata.get().keys());
    try {
      return List.copyOf(new JsonWebKeySet(set.toString()).getJsonWebKeys());
    } catch (JoseException e) {
      throw ProviderFault.unusable("its keys can't be read");
    }
  }
}
