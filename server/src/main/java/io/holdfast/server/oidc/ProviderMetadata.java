package io.holdfast.server.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// What a provider says of itself (OpenID Connect Discovery), as far as a login needs it.
///
/// @param isSecretInBody whether the client's secret goes into the body of a request for a token
///   instead of its header
/// @param tellsIssuer whether whoever comes back says by whom they were sent (RFC 9207)
record ProviderMetadata(
    URI authorizationEndpoint,
    URI tokenEndpoint,
    URI keys,
    boolean isSecretInBody,
    boolean tellsIssuer) {

  /// A description that names another issuer is another provider's, or pretends to be this one's.
  static ProviderMetadata read(ObjectNode document, String issuer) {
    if (!issuer.equals(document.path("issuer").asText())) {
      throw ProviderFault.unusable("it calls itself another issuer than the one configured");
    }
    if (!isListed(document, "code_challenge_methods_supported", "S256", true)) {
      throw ProviderFault.unusable("it can't do PKCE with S256");
    }
    return new ProviderMetadata(
        address(document, "authorization_endpoint"),
        address(document, "token_endpoint"),
        address(document, "jwks_uri"),
        isSecretInBody(document),
        document.path("authorization_response_iss_parameter_supported").asBoolean());
  }

  private static boolean isSecretInBody(ObjectNode document) {
    String methods = "token_endpoint_auth_methods_supported";
    if (isListed(document, methods, "client_secret_basic", true)) {
      return false;
    }
    if (isListed(document, methods, "client_secret_post", false)) {
      return true;
    }
    throw ProviderFault.unusable("it takes no client secret");
  }

  /// @param unsaid what it means if there is no such list
  private static boolean isListed(ObjectNode document, String list, String wanted, boolean unsaid) {
    JsonNode said = document.path(list);
    return said.isArray()
        ? said.valueStream().anyMatch(one -> one.asText().equals(wanted))
        : unsaid;
  }

  private static URI address(ObjectNode document, String name) {
    @Nullable String text = document.path(name).textValue();
    try {
      return TrustedAddress.parse(String.valueOf(text));
    } catch (IllegalArgumentException e) {
      throw ProviderFault.unusable(name + " " + e.getMessage());
    }
  }
}
