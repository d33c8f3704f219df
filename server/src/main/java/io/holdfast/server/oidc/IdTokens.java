package io.holdfast.server.oidc;

import io.holdfast.server.account.VouchedPerson;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.VerificationJwkSelector;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;
import org.jspecify.annotations.Nullable;

/// Reads ID tokens of one provider: signed by one of its keys with a public key's algorithm, for
/// this installation, for this login, and now.
final class IdTokens {
  /// How far clocks may be apart.
  static final int SKEW_SECONDS = 60;

  private static final int MAX_AGE_SECONDS = 600;
  private static final int MAX_SUBJECT_LENGTH = 255;

  /// Those with a public key. With the others whoever can read the provider's keys could sign.
  private static final AlgorithmConstraints ALGORITHMS =
      new AlgorithmConstraints(
          ConstraintType.PERMIT,
          AlgorithmIdentifiers.RSA_USING_SHA256,
          AlgorithmIdentifiers.RSA_USING_SHA384,
          AlgorithmIdentifiers.RSA_USING_SHA512,
          AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
          AlgorithmIdentifiers.RSA_PSS_USING_SHA384,
          AlgorithmIdentifiers.RSA_PSS_USING_SHA512,
          AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
          AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384,
          AlgorithmIdentifiers.ECDSA_USING_P521_CURVE_AND_SHA512,
          AlgorithmIdentifiers.EDDSA);

  /// Why a token is not accepted, in words that repeat nothing of it.
  private static final Map<Integer, String> REASONS =
      Map.of(
          ErrorCodes.EXPIRED, "its time is over",
          ErrorCodes.ISSUED_AT_INVALID_PAST, "it was issued long ago",
          ErrorCodes.ISSUED_AT_INVALID_FUTURE, "it was issued in the future",
          ErrorCodes.AUDIENCE_INVALID, "it is for another application",
          ErrorCodes.AUDIENCE_MISSING, "it does not say for whom it is",
          ErrorCodes.ISSUER_INVALID, "it is another provider's",
          ErrorCodes.SIGNATURE_INVALID, "its signature is wrong",
          ErrorCodes.TYPE_INVALID, "it is of another type");

  private final String issuer;
  private final String clientId;
  private final Kept<List<JsonWebKey>> keys;
  private final InstantSource clock;
  private final VerificationJwkSelector selector = new VerificationJwkSelector();

  IdTokens(String issuer, String clientId, Kept<List<JsonWebKey>> keys, InstantSource clock) {
    this.issuer = issuer;
    this.clientId = clientId;
    this.keys = keys;
    this.clock = clock;
  }

  /// @param nonce of the login that the token has to be for
  VouchedPerson read(String token, String nonce) {
    try {
      JwtClaims claims = consumer().processToClaims(token);
      if (!isEqual(nonce, claims.getStringClaimValue("nonce"))) {
        throw refused("it is for another login");
      }
      return person(claims);
    } catch (InvalidJwtException e) {
      throw refused(reason(e));
    } catch (MalformedClaimException e) {
      throw refused("a claim is of the wrong type");
    }
  }

  private JwtConsumer consumer() {
    return new JwtConsumerBuilder()
        .setJwsAlgorithmConstraints(ALGORITHMS)
        .setVerificationKeyResolver((signature, _) -> key(signature))
        .setExpectedType(false, "JWT")
        .setExpectedIssuer(true, issuer)
        .setExpectedAudience(true, clientId)
        .registerValidator(this::wrongParty)
        .setRequireSubject()
        .setRequireExpirationTime()
        .setRequireIssuedAt()
        .setIssuedAtRestrictions(0, MAX_AGE_SECONDS)
        .setAllowedClockSkewInSeconds(SKEW_SECONDS)
        .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
        .build();
  }

  /// A token for several says to whom of them it was given.
  ///
  /// @return null: to this one
  private @Nullable String wrongParty(JwtContext token) throws MalformedClaimException {
    JwtClaims claims = token.getJwtClaims();
    String party = claims.getStringClaimValue("azp");
    boolean isOurs = party == null ? claims.getAudience().size() == 1 : party.equals(clientId);
    return isOurs ? null : "it was given to another application";
  }

  /// A key that is not among those that are known may be new, so they are asked for once more.
  private Key key(JsonWebSignature signature) throws UnresolvableKeyException {
    try {
      ALGORITHMS.checkConstraint(signature.getAlgorithmHeaderValue());
      List<JsonWebKey> known = keys.get();
      JsonWebKey found = select(signature, known);
      if (found == null) {
        found = select(signature, keys.renewed(known));
      }
      if (found != null) {
        return found.getKey();
      }
    } catch (JoseException e) {
      throw new UnresolvableKeyException("no key can have signed this", e);
    }
    throw new UnresolvableKeyException("the provider has no such key");
  }

  private @Nullable JsonWebKey select(JsonWebSignature signature, List<JsonWebKey> from)
      throws JoseException {
    return selector.selectWithVerifySignatureDisambiguate(signature, from);
  }

  private VouchedPerson person(JwtClaims claims) throws MalformedClaimException {
    String subject = claims.getSubject();
    if (subject.isEmpty() || subject.length() > MAX_SUBJECT_LENGTH) {
      throw refused("its subject has not its form");
    }
    return new VouchedPerson(
        issuer,
        subject,
        text(claims, "email"),
        Boolean.TRUE.equals(claims.getClaimValue("email_verified")),
        text(claims, "preferred_username"),
        text(claims, "name"));
  }

  private static @Nullable String text(JwtClaims claims, String name) {
    return claims.getClaimValue(name) instanceof String text ? text : null;
  }

  private static String reason(InvalidJwtException refused) {
    return refused.getErrorDetails().stream()
        .map(error -> REASONS.get(error.getErrorCode()))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("it is not one that can be trusted");
  }

  private static RuntimeException refused(String why) {
    return ProviderFault.unusable("its ID token is not accepted: " + why);
  }

  /// Takes as long for any nonce.
  private static boolean isEqual(String wanted, @Nullable String given) {
    return given != null
        && MessageDigest.isEqual(
            wanted.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }
}
