package io.holdfast.server.oidc;

import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.util.Map;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/// A provider's key, which signs tokens as a provider does, and as none should.
public final class TokenSigner {
  private static final int BITS = 2_048;

  private final PublicJsonWebKey pair;

  private TokenSigner(PublicJsonWebKey pair) {
    this.pair = pair;
  }

  public static TokenSigner rsa(String keyId) {
    try {
      PublicJsonWebKey pair = RsaJwkGenerator.generateJwk(BITS);
      pair.setKeyId(keyId);
      pair.setUse("sig");
      return new TokenSigner(pair);
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  /// What a provider tells of it.
  public Map<String, Object> publicKey() {
    return pair.toParams(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
  }

  JsonWebKey known() {
    try {
      return JsonWebKey.Factory.newJwk(publicKey());
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  public String sign(JwtClaims claims) {
    return signed(claims, AlgorithmIdentifiers.RSA_USING_SHA256, pair.getPrivateKey(), "JWT");
  }

  String signAsType(JwtClaims claims, String type) {
    return signed(claims, AlgorithmIdentifiers.RSA_USING_SHA256, pair.getPrivateKey(), type);
  }

  /// By nothing.
  public String unsigned(JwtClaims claims) {
    return signed(claims, AlgorithmIdentifiers.NONE, null, "JWT");
  }

  /// By the key that everybody can read, as if it were a shared one.
  public String signedWithPublicKey(JwtClaims claims) {
    byte[] pem = pair.getPublicKey().getEncoded();
    return signed(claims, AlgorithmIdentifiers.HMAC_SHA256, new HmacKey(pem), "JWT");
  }

  /// By a text, as a client's secret would.
  String signedWithText(JwtClaims claims, String text) {
    Key key = new HmacKey(text.getBytes(StandardCharsets.UTF_8));
    return signed(claims, AlgorithmIdentifiers.HMAC_SHA256, key, "JWT");
  }

  private String signed(JwtClaims claims, String algorithm, @Nullable Key key, String type) {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
    signature.setAlgorithmHeaderValue(algorithm);
    signature.setKeyIdHeaderValue(pair.getKeyId());
    signature.setHeader("typ", type);
    signature.setPayload(claims.toJson());
    signature.setKey(key);
    try {
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }
}
