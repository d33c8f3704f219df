package io.holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.server.http.People.Tokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Access tokens of a living session, signed by a key that the nodes know or by another one, with
/// one thing of them wrong.
class AccessTokenTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final People people = new People("sweet-shop");
  private final UUID keyId = UUID.randomUUID();
  private final KeyPair known = pair();
  private String session = "";

  private static KeyPair pair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void tellsTheKeyAndBeginsASession() throws IOException, SQLException {
    tell();
    Tokens tokens = people.loggedIn(people.registered());
    session =
        new String(
            Base64.getUrlDecoder().decode(tokens.access().split("\\.", -1)[1]),
            StandardCharsets.UTF_8);
  }

  /// As a node tells of a key of its own.
  private void tell() throws IOException, SQLException {
    String url = DataFolder.databaseUrl(TestNode.shared().folder());
    try (Connection node = DriverManager.getConnection(url + "&options=-c%20role=holdfast_app");
        PreparedStatement told =
            node.prepareStatement("SELECT holdfast.tell_signing_key(?, ?, 3600)")) {
      told.setObject(1, keyId);
      told.setBytes(2, known.getPublic().getEncoded());
      told.execute();
    }
  }

  @Test
  void whatAKnownKeySignedIsTaken() throws Exception {
    assertEquals(200, asked(token(header(), claims(), known)));
  }

  @Test
  void aTokenIsGoodInItsTimeOnly() throws Exception {
    long now = Instant.now().getEpochSecond();
    assertEquals(401, asked(token(header(), claims().put("exp", now - 60), known)));
    assertEquals(401, asked(token(header(), claims().put("nbf", now + 60), known)));
    assertEquals(401, asked(token(header(), without(claims(), "exp"), known)));
  }

  @Test
  void aTokenIsForThisServiceOnly() throws Exception {
    assertEquals(401, asked(token(header(), claims().put("aud", "somebody-else"), known)));
    assertEquals(401, asked(token(header(), without(claims(), "aud"), known)));
    assertEquals(401, asked(token(header(), claims().put("iss", "somebody-else"), known)));
  }

  @Test
  void aTokenOfAnotherTypeIsNone() throws Exception {
    assertEquals(401, asked(token(header().put("typ", "JWT"), claims(), known)));
    assertEquals(401, asked(token(without(header(), "typ"), claims(), known)));
    assertEquals(401, asked(token(header().put("alg", "HS256"), claims(), known)));
  }

  @Test
  void aKeyThatNobodyToldSignsNothing() throws Exception {
    KeyPair own = pair();
    assertEquals(401, asked(token(header(), claims(), own)));
    assertEquals(
        401, asked(token(header().put("kid", UUID.randomUUID().toString()), claims(), own)));
    ObjectNode shown = header();
    byte[] encoded = own.getPublic().getEncoded();
    shown
        .putObject("jwk")
        .put("kty", "OKP")
        .put("crv", "Ed25519")
        .put("x", BASE64.encodeToString(java.util.Arrays.copyOfRange(encoded, 12, encoded.length)));
    assertEquals(401, asked(token(shown, claims(), own)));
    assertEquals(401, asked(token(header().put("jku", "http://127.0.0.1:1/keys"), claims(), own)));
  }

  private ObjectNode header() {
    return JSON.valueToTree(Map.of("alg", "EdDSA", "typ", "at+jwt", "kid", keyId.toString()));
  }

  private ObjectNode claims() throws IOException {
    return (ObjectNode) JSON.readTree(session);
  }

  private static ObjectNode without(ObjectNode object, String member) {
    object.remove(member);
    return object;
  }

  private static String token(ObjectNode header, ObjectNode claims, KeyPair pair)
      throws GeneralSecurityException {
    String signed = encoded(header) + "." + encoded(claims);
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(pair.getPrivate());
    signature.update(signed.getBytes(StandardCharsets.US_ASCII));
    return signed + "." + BASE64.encodeToString(signature.sign());
  }

  private static String encoded(ObjectNode object) {
    return BASE64.encodeToString(object.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static int asked(String token) {
    return new Shop(TestNode.shared().stranger().address(), token).get("/v1/account").status();
  }
}
