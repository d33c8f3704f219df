package io.holdfast.server.identity;

import io.holdfast.stock.TenantId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// The file in which a node keeps the keys that it made, one line `slug=key` per tenant, for nobody
/// but its owner to read.
public final class Credentials {
  private final Path file;
  private final SecureRandom randomness;
  private final Map<String, ApiKey> keys;

  private Credentials(Path file, SecureRandom randomness, Map<String, ApiKey> keys) {
    this.file = file;
    this.randomness = randomness;
    this.keys = keys;
  }

  public static Credentials read(Path file, SecureRandom randomness) throws IOException {
    Map<String, ApiKey> keys = new LinkedHashMap<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        String[] parts = line.strip().split("=", 2);
        if (parts.length == 2) {
          ApiKey.parse(parts[1]).ifPresent(key -> keys.put(parts[0], key));
        }
      }
    }
    return new Credentials(file, randomness, keys);
  }

  /// An owner's key of a tenant, made anew if the file has none that the database knows as this
  /// tenant's.
  public ApiKey ensure(Handle owner, String slug, TenantId tenant) throws IOException {
    ApiKey kept = keys.get(slug);
    if (kept != null && isOf(tenant, Holders.ofKey(owner, kept.hash()))) {
      return kept;
    }
    ApiKey made = ApiKey.random(randomness);
    ApiKeys.add(owner, tenant, made, Role.OWNER, "made at a node's start");
    keys.put(slug, made);
    write();
    return made;
  }

  private static boolean isOf(TenantId tenant, Optional<Caller> caller) {
    return caller.isPresent() && caller.get().tenant().equals(tenant);
  }

  /// Beside the file and then over it, so that a kill leaves the old one or the new one.
  private void write() throws IOException {
    String lines =
        keys.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue().text() + "\n")
            .collect(Collectors.joining());
    Path young = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(young);
    Files.createFile(
        young, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(young, lines);
    Files.move(young, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
