package io.holdfast.server.oidc;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a provider says is wrong, cut to what can be shown to a person and written into a log.
final class ProviderError {
  private static final int MAX_LENGTH = 200;
  private static final Pattern CODE = Pattern.compile("[\\w.-]{1,64}");
  private static final Pattern UNSEEN = Pattern.compile("[\\p{Cntrl}\\p{Cf}]");

  private ProviderError() {}

  /// One of the words of OAuth, or that it is none.
  static String code(@Nullable String error) {
    return error != null && CODE.matcher(error).matches() ? error : "an error without a name";
  }

  /// With its description, if there is one.
  static String told(String error, Optional<String> description) {
    return description
        .map(text -> UNSEEN.matcher(text).replaceAll(" ").strip())
        .filter(seen -> !seen.isEmpty())
        .map(seen -> code(error) + ": " + seen.substring(0, Math.min(seen.length(), MAX_LENGTH)))
        .orElseGet(() -> code(error));
  }
}
