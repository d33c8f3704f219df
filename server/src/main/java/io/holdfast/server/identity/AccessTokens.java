package io.holdfast.server.identity;

import io.holdfast.stock.TenantId;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Jdbi;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;
import org.jspecify.annotations.Nullable;

/// Makes and reads access tokens: signed JWTs (RFC 9068) that name a session. A node signs with a
/// key of its own, which it makes anew every few hours and which never leaves its memory; what it
/// tells the others, by the database, is the public half.
public final class AccessTokens {
  /// How long one is good for.
  public static final Duration LIFE = Duration.ofMinutes(10);

  /// How long a node signs with one key.
  private static final Duration SIGNED_WITH = Duration.ofHours(6);

  private static final Duration TOLD_FOR = SIGNED_WITH.plus(LIFE).plus(Duration.ofMinutes(10));
  private static final int SKEW_SECONDS = 30;
  private static final int MAX_KNOWN_KEYS = 1_000;
  private static final String NAME = "holdfast";
  private static final String TYPE = "at+jwt";
  private static final String TENANT = "tenant";
  private static final String SESSION = "sid";

  static final String KEY_TELL =
      """
      SELECT holdfast.tell_signing_key(?, ?, ?)
      """;

  static final String KEY_FIND =
      """
      SELECT public_key FROM holdfast.signing_key(?)
      """;

  private final Jdbi database;
  private final LongSupplier nanoClock;
  private final Map<UUID, PublicKey> known = new ConcurrentHashMap<>();
  private final JwtConsumer reader;
  private @Nullable SigningKey signing;

  /// The session that a token names.
  record Session(TenantId tenant, UUID id) {}

  private record SigningKey(Signer signer, long untilNanos) {}

  /// Signs with one key.
  public static final class Signer {
    private final UUID keyId = UUID.randomUUID();
    private final KeyPair pair = pair();

    private Signer() {}

    public String issue(TenantId tenant, long user, UUID session) {
      JwtClaims claims = new JwtClaims();
      claims.setIssuer(NAME);
      claims.setAudience(NAME);
      claims.setSubject(Long.toString(user));
      claims.setClaim(TENANT, tenant.value());
      claims.setClaim(SESSION, session.toString());
      claims.setIssuedAtToNow();
      NumericDate end = NumericDate.now();
      end.addSeconds(LIFE.toSeconds());
      claims.setExpirationTime(end);
      JsonWebSignature signature = new JsonWebSignature();
      signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.EDDSA);
      signature.setKeyIdHeaderValue(keyId.toString());
      signature.setHeader("typ", TYPE);
      signature.setPayload(claims.toJson());
      signature.setKey(pair.getPrivate());
      try {
        return signature.getCompactSerialization();
      } catch (JoseException e) {
        throw new IllegalStateException("a key of ours signs", e);
      }
    }
  }

  public AccessTokens(Jdbi database, LongSupplier nanoClock) {
    this.database = database;
    this.nanoClock = nanoClock;
    this.reader =
        new JwtConsumerBuilder()
            .setExpectedType(true, TYPE)
            .setExpectedIssuer(NAME)
            .setExpectedAudience(NAME)
            .setRequireExpirationTime()
            .setAllowedClockSkewInSeconds(SKEW_SECONDS)
            .setJwsAlgorithmConstraints(
                new AlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.EDDSA))
            .setVerificationKeyResolver((signature, _) -> key(signature))
            .build();
  }

  /// What tokens are signed with for now. Asked for before a transaction, as it may take one of its
  /// own.
  public synchronized Signer signer() {
    SigningKey current = signing;
    if (current == null || nanoClock.getAsLong() - current.untilNanos() >= 0) {
      current = told();
      signing = current;
    }
    return current.signer();
  }

  /// Empty: it is not one of ours, or its time is over.
  Optional<Session> read(AccessToken token) {
    try {
      JwtClaims claims = reader.processToClaims(token.text());
      return Optional.of(
          new Session(
              new TenantId(claims.getClaimValue(TENANT, Long.class)),
              UUID.fromString(claims.getClaimValue(SESSION, String.class))));
    } catch (InvalidJwtException | MalformedClaimException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// Everybody can know it before anything is signed with it.
  private SigningKey told() {
    long untilNanos = nanoClock.getAsLong() + SIGNED_WITH.toNanos();
    Signer made = new Signer();
    byte[] encoded = made.pair.getPublic().getEncoded();
    database.useHandle(
        handle -> handle.execute(KEY_TELL, made.keyId, encoded, (int) TOLD_FOR.toSeconds()));
    return new SigningKey(made, untilNanos);
  }

  private PublicKey key(JsonWebStructure signature) throws UnresolvableKeyException {
    UUID id = id(signature.getKeyIdHeaderValue());
    PublicKey found = known.get(id);
    if (found == null) {
      found = find(id).orElseThrow(() -> new UnresolvableKeyException("nobody has told this key"));
      if (known.size() >= MAX_KNOWN_KEYS) {
        known.clear();
      }
      known.put(id, found);
    }
    return found;
  }

  private static UUID id(@Nullable String keyId) throws UnresolvableKeyException {
    try {
      return UUID.fromString(String.valueOf(keyId));
    } catch (IllegalArgumentException e) {
      throw new UnresolvableKeyException("a key's id is a UUID", e);
    }
  }

  private Optional<PublicKey> find(UUID id) {
    return database.withHandle(
        handle ->
            handle
                .createQuery(KEY_FIND)
                .bind(0, id)
                .mapTo(byte[].class)
                .findOne()
                .map(AccessTokens::decoded));
  }

  private static PublicKey decoded(byte[] encoded) {
    try {
      return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    } catch (NoSuchAlgorithmException | InvalidKeySpecException e) {
      throw new IllegalStateException("a node has told what is no key", e);
    }
  }

  private static KeyPair pair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has Ed25519", e);
    }
  }
}
