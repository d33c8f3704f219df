package io.holdfast.server.keys;

import io.holdfast.server.identity.ApiKey;
import io.holdfast.server.identity.DisplayName;
import io.holdfast.server.identity.Permission;
import io.holdfast.server.identity.RoleName;
import io.holdfast.server.json.JsonMembers;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What the routes of keys read and write.
final class KeyBodies {
  private static final long MIN_LIFE_SECONDS = 60;
  private static final long MAX_LIFE_SECONDS = Duration.ofDays(3_650).toSeconds();
  private static final long MAX_OVERLAP_SECONDS = Duration.ofDays(30).toSeconds();
  private static final long USUAL_OVERLAP_SECONDS = Duration.ofDays(1).toSeconds();

  private KeyBodies() {}

  @Schema(name = "NewKey")
  record NewKey(
      @Schema(
              required = true,
              minLength = 1,
              maxLength = 200,
              description = "what people know it by")
          String name,
      @Schema(
              required = true,
              pattern = "^" + RoleName.FORM + "$",
              description = "one that every tenant has, or one of its own")
          String role,
      @Schema(
              nullable = true,
              description = "permissions: all that is left of the role's; left out: all of them")
          @Nullable List<String> scopes,
      @Schema(
              nullable = true,
              minimum = "60",
              maximum = "315360000",
              description = "left out: it never expires")
          @Nullable Long expiresInSeconds) {

    static Wanted read(JsonMembers members) {
      members.only("name", "role", "scopes", "expires_in_seconds");
      return new Wanted(
          members.text("name", DisplayName::new),
          members.text("role", RoleName::new),
          scopes(members),
          members.optionalWhole("expires_in_seconds", MIN_LIFE_SECONDS, MAX_LIFE_SECONDS));
    }

    private static @Nullable Set<Permission> scopes(JsonMembers members) {
      List<Permission> wanted =
          members.optionalTexts("scopes", Permission.values().length, Permission::named);
      return wanted == null ? null : EnumSet.copyOf(wanted);
    }
  }

  /// A key as it is to be.
  ///
  /// @param scopes null: all that the role gives
  /// @param lifeSeconds null: for ever
  record Wanted(
      DisplayName name,
      RoleName role,
      @Nullable Set<Permission> scopes,
      @Nullable Long lifeSeconds) {}

  @Schema(name = "NewSecret")
  record NewSecret(
      @Schema(
              nullable = true,
              minimum = "0",
              maximum = "2592000",
              defaultValue = "86400",
              description = "how long the secret before goes on being good")
          @Nullable Long overlapSeconds) {

    static long read(JsonMembers members) {
      members.only("overlap_seconds");
      return members.whole("overlap_seconds", 0, MAX_OVERLAP_SECONDS, USUAL_OVERLAP_SECONDS);
    }
  }

  /// @param scopes null: all that the role gives
  /// @param lastUsedAt to the minute; null: never
  /// @param previousUntil how long the secret before the last rotation is good; null: there is none
  @Schema(name = "Key")
  record StoredKey(
      long id,
      @Schema(nullable = true) @Nullable String name,
      String role,
      @Schema(nullable = true) @Nullable List<String> scopes,
      Instant createdAt,
      @Schema(nullable = true) @Nullable Instant expiresAt,
      @Schema(nullable = true) @Nullable Instant lastUsedAt,
      @Schema(nullable = true) @Nullable Instant previousUntil,
      @Schema(nullable = true) @Nullable Instant revokedAt) {}

  @Schema(name = "KeyList")
  record KeyList(List<StoredKey> keys) {}

  /// A key with its secret, which is told this once.
  @Schema(name = "KeyWithSecret")
  record KeyWithSecret(StoredKey key, String secret) {
    static KeyWithSecret of(StoredKey key, ApiKey secret) {
      return new KeyWithSecret(key, secret.text());
    }

    @Override
    public String toString() {
      return key + " with its secret";
    }
  }
}
