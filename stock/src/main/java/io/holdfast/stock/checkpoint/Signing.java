package io.holdfast.stock.checkpoint;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/// Ed25519 and SHA-256, as every Java platform has them.
final class Signing {
  private static final String ED25519 = "Ed25519";
  private static final int KEY_ID_BYTES = 16;

  private Signing() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static byte[] sign(KeyPair key, byte[] text) {
    try {
      Signature signature = Signature.getInstance(ED25519);
      signature.initSign(key.getPrivate());
      signature.update(text);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the key can't sign: it must be an Ed25519 key", e);
    }
  }

  /// @param publicKey as X.509 has it
  static boolean isSigned(byte[] publicKey, byte[] text, byte[] signed) {
    try {
      Signature signature = Signature.getInstance(ED25519);
      signature.initVerify(
          KeyFactory.getInstance(ED25519).generatePublic(new X509EncodedKeySpec(publicKey)));
      signature.update(text);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  static String keyId(byte[] publicKey) {
    return HexFormat.of().formatHex(sha256().digest(publicKey), 0, KEY_ID_BYTES);
  }
}
