package io.holdfast.server.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A key and a certificate of localhost that nobody else has signed, made by the JDK's own tool.
public final class SelfSignedStore {
  static final String ALIAS = "node";
  private static final String PASSWORD = "for the store alone";

  private SelfSignedStore() {}

  static KeyStore make() throws IOException, InterruptedException, GeneralSecurityException {
    Path store = Files.createTempDirectory("holdfast-test").resolve("store.p12");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            ALIAS,
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-dname",
            "CN=localhost",
            "-ext",
            "SAN=dns:localhost,ip:127.0.0.1",
            "-validity",
            "2",
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass",
            PASSWORD);
    Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (tool.waitFor() != 0) {
      throw new IllegalStateException(said);
    }
    KeyStore made = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    Files.delete(store);
    Files.delete(Objects.requireNonNull(store.getParent()));
    return made;
  }

  static Key key(KeyStore store) throws GeneralSecurityException {
    return store.getKey(ALIAS, PASSWORD.toCharArray());
  }

  /// Of a server that has it.
  public static SSLContext server()
      throws IOException, InterruptedException, GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(make(), PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }
}
