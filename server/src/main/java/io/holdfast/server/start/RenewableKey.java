package io.holdfast.server.start;

import io.vertx.core.Vertx;
import io.vertx.core.net.PemKeyCertOptions;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// The key and certificate that handshakes are made with, which can be renewed under them. A
/// handshake first chooses a name and then asks for what it names, so the names of one renewal are
/// not those of the next, and the one before can still be asked for.
final class RenewableKey extends X509ExtendedKeyManager {
  private volatile Renewal current;

  private record Renewal(long number, X509ExtendedKeyManager keys, @Nullable Renewal before) {
    private String prefix() {
      return number + "/";
    }
  }

  RenewableKey(X509ExtendedKeyManager keys) {
    this.current = new Renewal(0, keys, null);
  }

  /// @throws Exception what is wrong with the files
  static X509ExtendedKeyManager read(Vertx vertx, TlsOptions options) throws Exception {
    PemKeyCertOptions files =
        new PemKeyCertOptions()
            .addCertPath(options.certificate().toString())
            .addKeyPath(options.key().toString());
    return (X509ExtendedKeyManager) files.getKeyManagerFactory(vertx).getKeyManagers()[0];
  }

  /// For handshakes that begin from now on.
  void renew(X509ExtendedKeyManager keys) {
    Renewal last = current;
    Renewal before = new Renewal(last.number(), last.keys(), null);
    current = new Renewal(last.number() + 1, keys, before);
  }

  private static @Nullable String named(Renewal renewal, @Nullable String alias) {
    return alias == null ? null : renewal.prefix() + alias;
  }

  private @Nullable Renewal of(String name) {
    for (Renewal one = current; one != null; one = one.before()) {
      if (name.startsWith(one.prefix())) {
        return one;
      }
    }
    return null;
  }

  private static String alias(Renewal renewal, String name) {
    return name.substring(renewal.prefix().length());
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal[] issuers, SSLEngine engine) {
    Renewal renewal = current;
    return named(renewal, renewal.keys().chooseEngineServerAlias(keyType, issuers, engine));
  }

  @Override
  public @Nullable String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
    Renewal renewal = current;
    return named(renewal, renewal.keys().chooseServerAlias(keyType, issuers, socket));
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String name) {
    Renewal renewal = of(name);
    return renewal == null ? null : renewal.keys().getCertificateChain(alias(renewal, name));
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String name) {
    Renewal renewal = of(name);
    return renewal == null ? null : renewal.keys().getPrivateKey(alias(renewal, name));
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal[] issuers) {
    Renewal renewal = current;
    String[] aliases = renewal.keys().getServerAliases(keyType, issuers);
    if (aliases == null) {
      return null;
    }
    String[] names = new String[aliases.length];
    for (int i = 0; i < aliases.length; i++) {
      names[i] = renewal.prefix() + aliases[i];
    }
    return names;
  }

  /// A node is nobody's client with it.
  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal[] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
    return null;
  }
}
