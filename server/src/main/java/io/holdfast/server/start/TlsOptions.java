package io.holdfast.server.start;

import io.holdfast.server.identity.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.HexFormat;

/// With what `serve` serves https.
///
/// @param certificate its chain in PEM, its own first
/// @param reloadSeconds how often both files are looked at
record TlsOptions(Path certificate, Path key, int reloadSeconds) {
  private static final int MAX_SECONDS = 86_400;

  /// Of TLS 1.3 all, of 1.2 those with forward secrecy and authenticated encryption.
  private static final String CIPHERS =
      String.join(
          ",",
          "TLS_AES_256_GCM_SHA384",
          "TLS_AES_128_GCM_SHA256",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  void check(Problems problems) {
    problems.unlessBetween("--tls-reload-seconds", 1, MAX_SECONDS, reloadSeconds);
    if (problems.unlessReadable("--tls-certificate", certificate)) {
      checkCertificate(problems);
    }
    if (problems.unlessReadable("--tls-key", key)) {
      checkKey(problems);
    }
  }

  private void checkCertificate(Problems problems) {
    try (InputStream file = Files.newInputStream(certificate)) {
      if (CertificateFactory.getInstance("X.509").generateCertificates(file).isEmpty()) {
        problems.add("--tls-certificate: there is no certificate in " + certificate);
      }
    } catch (IOException | CertificateException e) {
      problems.add("--tls-certificate: " + certificate + " is no certificate in PEM");
    }
  }

  private void checkKey(Problems problems) {
    try {
      if (!Files.readString(key).contains("-----BEGIN PRIVATE KEY-----")) {
        problems.add(
            "--tls-key: " + key + " is no private key in PEM (PKCS #8, without a password)");
      }
    } catch (IOException e) {
      problems.add("--tls-key: " + key + " is no private key in PEM");
    }
  }

  /// Tells the framework, before it starts. Without a plain port: whoever sends a key to it has
  /// told it to everybody already.
  void hand(int port) {
    System.setProperty("quarkus.http.insecure-requests", "disabled");
    System.setProperty("quarkus.http.ssl-port", Integer.toString(port));
    System.setProperty("quarkus.tls.key-store.pem.node.cert", certificate.toString());
    System.setProperty("quarkus.tls.key-store.pem.node.key", key.toString());
    System.setProperty("quarkus.tls.protocols", "TLSv1.3,TLSv1.2");
    System.setProperty("quarkus.tls.cipher-suites", CIPHERS);
  }

  /// By which both files are told from others.
  String digest() {
    try {
      String both = Files.readString(certificate) + Files.readString(key);
      return HexFormat.of().formatHex(Sha256.of(both));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
