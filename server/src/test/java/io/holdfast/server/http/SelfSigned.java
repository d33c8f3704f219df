package io.holdfast.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A key and a certificate of localhost, made by the JDK's own tool, in two files that a node
/// reads.
///
/// @param certificate in PEM
/// @param key in PEM
record SelfSigned(Path certificate, Path key) {
  static SelfSigned in(Path folder) {
    return new SelfSigned(folder.resolve("tls.crt"), folder.resolve("tls.key"));
  }

  /// Anew each time; both files are put in place whole, as whoever renews a certificate does.
  void make() throws IOException, InterruptedException, GeneralSecurityException {
    KeyStore made = SelfSignedStore.make();
    Key secret = SelfSignedStore.key(made);
    write(key, "PRIVATE KEY", secret.getEncoded());
    // Its other lines are the same in every key, or in the certificate as well.
    Secrets.add("TLS key", Files.readAllLines(key).get(2));
    write(certificate, "CERTIFICATE", made.getCertificate(SelfSignedStore.ALIAS).getEncoded());
  }

  /// Of a client that takes the present certificate and no other.
  SSLContext trusted() throws IOException, GeneralSecurityException {
    KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
    anchors.load(null, null);
    try (InputStream file = Files.newInputStream(certificate)) {
      anchors.setCertificateEntry(
          "node", CertificateFactory.getInstance("X.509").generateCertificate(file));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(anchors);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static void write(Path file, String kind, byte[] bytes) throws IOException {
    String text =
        "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
            .formatted(kind, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes));
    Path whole = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), text);
    Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
