package io.holdfast.server.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The key that signs checkpoints, an Ed25519 pair in two PEM files, as OpenSSL writes them: the
/// private one, for nobody but its owner to read, and beside it the public one, to be given to
/// whoever is to check.
final class KeyFiles {
  private static final String PRIVATE = "PRIVATE KEY";
  private static final String PUBLIC = "PUBLIC KEY";
  private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

  private final Path privateFile;

  KeyFiles(Path privateFile) {
    this.privateFile = privateFile;
  }

  /// Where a node keeps its own.
  static KeyFiles in(Path dataFolder) {
    return new KeyFiles(dataFolder.resolve("checkpoint-key"));
  }

  Path publicFile() {
    return privateFile.resolveSibling(privateFile.getFileName() + ".pub");
  }

  /// Reads the pair.
  KeyPair read() throws IOException {
    requireThere(privateFile);
    PrivateFile.require(privateFile);
    byte[] encoded = decoded(privateFile, PRIVATE);
    try {
      return new KeyPair(
          readPublic(publicFile()), ed25519().generatePrivate(new PKCS8EncodedKeySpec(encoded)));
    } catch (GeneralSecurityException e) {
      throw notAKey(privateFile, e);
    }
  }

  private static void requireThere(Path file) {
    if (!Files.exists(file)) {
      throw new StartFault(ExitCode.USAGE, "there is no key " + file);
    }
  }

  /// Reads the pair, and makes it if there is none.
  KeyPair ensure() throws IOException {
    if (!Files.exists(privateFile)) {
      write(random());
    }
    return read();
  }

  /// All keys that may have signed: the public one, and others that stand beside it by a name that
  /// begins and ends like its name.
  Set<PublicKey> trusted() throws IOException {
    String name = String.valueOf(privateFile.getFileName());
    try (Stream<Path> files = Files.list(privateFile.toAbsolutePath().resolveSibling("."))) {
      return readPublic(
          files
              .filter(file -> file.getFileName().toString().startsWith(name))
              .filter(file -> file.getFileName().toString().endsWith(".pub"))
              .toList());
    }
  }

  static Set<PublicKey> readPublic(List<Path> files) throws IOException {
    Set<PublicKey> keys = new HashSet<>();
    for (Path file : files) {
      keys.add(readPublic(file));
    }
    return keys;
  }

  private static PublicKey readPublic(Path file) throws IOException {
    byte[] encoded = decoded(file, PUBLIC);
    try {
      return ed25519().generatePublic(new X509EncodedKeySpec(encoded));
    } catch (GeneralSecurityException e) {
      throw notAKey(file, e);
    }
  }

  private static byte[] decoded(Path file, String label) throws IOException {
    requireThere(file);
    String text = Files.readString(file).strip();
    String begin = "-----BEGIN " + label + "-----";
    String end = "-----END " + label + "-----";
    if (!text.startsWith(begin) || !text.endsWith(end)) {
      throw notAKey(file, null);
    }
    try {
      String body = text.substring(begin.length(), text.length() - end.length());
      return Base64.getMimeDecoder().decode(body);
    } catch (IllegalArgumentException e) {
      throw notAKey(file, e);
    }
  }

  private static StartFault notAKey(Path file, @Nullable Exception cause) {
    return new StartFault(
        ExitCode.USAGE, file + " is no Ed25519 key in PEM form (openssl genpkey)", cause);
  }

  /// The public half first: a kill in between leaves no private key that nobody can check.
  private void write(KeyPair pair) throws IOException {
    write(publicFile(), "rw-r--r--", PUBLIC, pair.getPublic().getEncoded());
    write(privateFile, "rw-------", PRIVATE, pair.getPrivate().getEncoded());
  }

  /// Beside the file and then over it, so that a kill leaves the old one or the new one.
  private static void write(Path file, String rights, String label, byte[] encoded)
      throws IOException {
    Path young = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(young);
    FileAttribute<?> permissions =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights));
    Files.createFile(young, permissions);
    String body = LINES.encodeToString(encoded);
    Files.writeString(
        young, "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(label, body, label));
    Files.move(young, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static KeyPair random() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has Ed25519", e);
    }
  }

  private static KeyFactory ed25519() {
    try {
      return KeyFactory.getInstance("Ed25519");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has Ed25519", e);
    }
  }
}
