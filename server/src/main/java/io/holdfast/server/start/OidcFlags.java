package io.holdfast.server.start;

import io.holdfast.server.oidc.ProviderEntry;
import io.holdfast.server.oidc.ProviderFile;
import io.holdfast.server.oidc.PublicAddress;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of `serve` about logins at providers of OpenID Connect.
final class OidcFlags {
  @Option(
      names = "--oidc",
      defaultValue = "${env:HOLDFAST_OIDC}",
      paramLabel = "FILE",
      description = {
        "providers of OpenID Connect at which people may log in to the console, a section each:",
        "[tenant], name, issuer, client-id, client-secret, link, create; nobody else may be able",
        "to read it; needs --public-url; HOLDFAST_OIDC says the same"
      })
  private @Nullable Path file;

  @Option(
      names = "--public-url",
      defaultValue = "${env:HOLDFAST_PUBLIC_URL}",
      paramLabel = "URL",
      description = {
        "where browsers reach the nodes, like https://shop.example.org; providers send people back",
        "there; HOLDFAST_PUBLIC_URL says the same"
      })
  private @Nullable String publicUrl;

  Optional<OidcOptions> parsed(Problems problems) {
    if (file == null && publicUrl == null) {
      return Optional.empty();
    }
    if (file == null || publicUrl == null) {
      problems.add("--oidc and --public-url need each other");
      return Optional.empty();
    }
    Optional<PublicAddress> address = address(problems, publicUrl);
    Optional<List<ProviderEntry>> providers = providers(problems, file);
    return address.isPresent() && providers.isPresent()
        ? Optional.of(new OidcOptions(file, address.get(), providers.get()))
        : Optional.empty();
  }

  private static Optional<PublicAddress> address(Problems problems, String text) {
    try {
      return Optional.of(PublicAddress.parse(text));
    } catch (IllegalArgumentException e) {
      problems.add("--public-url " + e.getMessage());
      return Optional.empty();
    }
  }

  /// Of a file that others can read nothing is looked at: what is in it is known already.
  private static Optional<List<ProviderEntry>> providers(Problems problems, Path file) {
    if (!problems.unlessReadable("--oidc", file) || !problems.unlessPrivate("--oidc", file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(ProviderFile.parse(Files.readAllLines(file)));
    } catch (CharacterCodingException e) {
      problems.add("--oidc: " + file + " is not in UTF-8");
    } catch (IOException e) {
      problems.add("--oidc: " + file + " can't be read");
    } catch (IllegalArgumentException e) {
      String.valueOf(e.getMessage())
          .lines()
          .forEach(problem -> problems.add("--oidc: " + file + ", " + problem));
    }
    return Optional.empty();
  }
}
