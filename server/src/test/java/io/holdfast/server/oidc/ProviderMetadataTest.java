package io.holdfast.server.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.server.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderMetadataTest {
  private static final String ISSUER = "https://id.example.org";

  private final ObjectNode document =
      JsonNodeFactory.instance
          .objectNode()
          .put("issuer", ISSUER)
          .put("authorization_endpoint", ISSUER + "/authorize")
          .put("token_endpoint", ISSUER + "/token")
          .put("jwks_uri", ISSUER + "/keys");

  private ProviderMetadata read() {
    return ProviderMetadata.read(document, ISSUER);
  }

  private void assertUnusable() {
    ProblemException refused = assertThrows(ProblemException.class, this::read);
    assertEquals(502, refused.problem().status());
  }

  @Test
  void takesTheUsualWhereNothingIsSaid() {
    ProviderMetadata metadata = read();
    assertEquals(ISSUER + "/token", metadata.tokenEndpoint().toString());
    assertFalse(metadata.isSecretInBody());
    assertFalse(metadata.tellsIssuer());
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://id.example.org/", "https://ID.example.org", "https://evil.org"})
  void aDescriptionOfAnotherIssuerIsNotTaken(String issuer) {
    document.put("issuer", issuer);
    assertUnusable();
  }

  @ParameterizedTest
  @ValueSource(strings = {"authorization_endpoint", "token_endpoint", "jwks_uri"})
  void nothingIsSentWithoutTls(String endpoint) {
    document.put(endpoint, "http://id.example.org/x");
    assertUnusable();
    document.remove(endpoint);
    assertUnusable();
  }

  @Test
  void whoCanNotDoPkceIsNotAsked() {
    document.putArray("code_challenge_methods_supported").add("plain");
    assertUnusable();
    document.putArray("code_challenge_methods_supported").add("plain").add("S256");
    assertEquals(ISSUER + "/keys", read().keys().toString());
  }

  @Test
  void theSecretGoesWhereItIsTaken() {
    document.putArray("token_endpoint_auth_methods_supported").add("client_secret_post");
    assertTrue(read().isSecretInBody());
    document
        .putArray("token_endpoint_auth_methods_supported")
        .add("client_secret_post")
        .add("client_secret_basic");
    assertFalse(read().isSecretInBody());
    document.putArray("token_endpoint_auth_methods_supported").add("private_key_jwt");
    assertUnusable();
  }
}
