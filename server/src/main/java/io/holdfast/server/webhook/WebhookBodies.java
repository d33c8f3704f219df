package io.holdfast.server.webhook;

import io.holdfast.server.event.TypeFilter;
import io.holdfast.server.identity.DisplayName;
import io.holdfast.server.json.InvalidMember;
import io.holdfast.server.json.JsonMembers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What the routes of webhooks read and write.
final class WebhookBodies {
  private static final int MAX_TYPES = 20;
  private static final int MAX_ATTEMPTS = 20;
  private static final int USUAL_ATTEMPTS = 15;
  private static final long MAX_OVERLAP_SECONDS = Duration.ofDays(30).toSeconds();
  private static final long USUAL_OVERLAP_SECONDS = Duration.ofDays(1).toSeconds();

  private WebhookBodies() {}

  @Schema(name = "NewWebhook")
  record NewWebhook(
      @Schema(
              required = true,
              maxLength = WebhookUrl.MAX_LENGTH,
              description = "https and public, unless the operator has opened a network")
          String url,
      @Schema(nullable = true, description = "left out: all; `order.*` is all of a kind")
          @Nullable List<String> types,
      @Schema(nullable = true, minLength = 1, maxLength = 200) @Nullable String description,
      @Schema(nullable = true, minimum = "1", maximum = "20", defaultValue = "15")
          @Nullable Integer maxAttempts,
      @Schema(
              nullable = true,
              pattern = "^[0-9]{1,18}$",
              description = "events behind this position are sent; left out: those from now on")
          @Nullable String after) {

    static Wanted read(JsonMembers members) {
      members.only("url", "types", "description", "max_attempts", "after");
      return wanted(members, WebhookState.ACTIVE);
    }
  }

  @Schema(name = "ChangedWebhook")
  record ChangedWebhook(
      @Schema(required = true, maxLength = WebhookUrl.MAX_LENGTH) String url,
      @Schema(nullable = true, description = "left out: all; `order.*` is all of a kind")
          @Nullable List<String> types,
      @Schema(nullable = true, minLength = 1, maxLength = 200) @Nullable String description,
      @Schema(nullable = true, minimum = "1", maximum = "20", defaultValue = "15")
          @Nullable Integer maxAttempts,
      @Schema(
              nullable = true,
              enumeration = {"active", "paused"},
              defaultValue = "active")
          @Nullable String state) {

    static Wanted read(JsonMembers members) {
      members.only("url", "types", "description", "max_attempts", "state");
      return wanted(
          members, members.optionalText("state", WebhookState::named).orElse(WebhookState.ACTIVE));
    }
  }

  private static Wanted wanted(JsonMembers members, WebhookState state) {
    return new Wanted(
        members.text("url", WebhookUrl::parse),
        types(members),
        members.optionalText("description", DisplayName::new).map(DisplayName::text).orElse(null),
        state,
        (int) members.whole("max_attempts", 1, MAX_ATTEMPTS, USUAL_ATTEMPTS));
  }

  private static TypeFilter types(JsonMembers members) {
    List<String> types = members.optionalTexts("types", MAX_TYPES, Function.identity());
    try {
      return types == null ? TypeFilter.ALL : new TypeFilter(types);
    } catch (IllegalArgumentException e) {
      throw new InvalidMember("types", String.valueOf(e.getMessage()));
    }
  }

  private static Optional<Long> position(JsonMembers members) {
    return members.optionalText("after", WebhookBodies::position);
  }

  private static long position(String text) {
    if (!text.matches("\\d{1,18}")) {
      throw new IllegalArgumentException("must be a position, in digits");
    }
    return Long.parseLong(text);
  }

  /// A position to begin behind. Empty: the newest.
  static Optional<Long> after(JsonMembers members) {
    return position(members);
  }

  /// A webhook as it is to be.
  record Wanted(
      WebhookUrl url,
      TypeFilter types,
      @Nullable String description,
      WebhookState state,
      int maxAttempts) {}

  @Schema(name = "NewWebhookSecret")
  record NewWebhookSecret(
      @Schema(
              nullable = true,
              minimum = "0",
              maximum = "2592000",
              defaultValue = "86400",
              description = "how long what is sent is signed with the secret before, too")
          @Nullable Long overlapSeconds) {

    static long read(JsonMembers members) {
      members.only("overlap_seconds");
      return members.whole("overlap_seconds", 0, MAX_OVERLAP_SECONDS, USUAL_OVERLAP_SECONDS);
    }
  }

  @Schema(name = "WebhookReplay", description = "one of the two")
  record WebhookReplay(
      @Schema(
              nullable = true,
              pattern = "^[0-9]{1,18}$",
              description = "everything behind this position is sent, again perhaps")
          @Nullable String after,
      @Schema(nullable = true, description = "true: all dead letters are tried anew")
          @Nullable Boolean dead) {

    static Replay read(JsonMembers members) {
      members.only("after", "dead");
      Optional<Long> after = position(members);
      boolean isOfDead = members.flag("dead", false);
      if (after.isPresent() == isOfDead) {
        throw new InvalidMember("", "either after or dead has to say what to replay");
      }
      return new Replay(after);
    }
  }

  /// @param after empty: the dead letters
  record Replay(Optional<Long> after) {}

  /// @param position up to which everything was sent, or waits, or is dead
  /// @param waiting how many events were not taken yet, or wait behind such a one of their subject
  /// @param dead how many events were given up
  /// @param missed how many events the feed had forgotten before they could be sent
  /// @param previousUntil how long the secret before the last rotation signs, too; null: there is
  ///   none
  @Schema(name = "Webhook")
  record StoredWebhook(
      long id,
      String url,
      List<String> types,
      @Schema(nullable = true) @Nullable String description,
      @Schema(enumeration = {"active", "paused"}) String state,
      int maxAttempts,
      @Schema(pattern = "^[0-9]{1,18}$") String position,
      int waiting,
      long dead,
      long missed,
      @Schema(nullable = true) @Nullable Instant nextAttemptAt,
      @Schema(nullable = true) @Nullable Instant previousUntil,
      long version,
      Instant createdAt) {}

  @Schema(name = "WebhookList")
  record WebhookList(List<StoredWebhook> webhooks) {}

  /// A webhook with its secret, which is told this once.
  @Schema(name = "WebhookWithSecret")
  record WebhookWithSecret(StoredWebhook webhook, String secret) {
    static WebhookWithSecret of(StoredWebhook webhook, WebhookSecret secret) {
      return new WebhookWithSecret(webhook, secret.text());
    }

    @Override
    public String toString() {
      return webhook + " with its secret";
    }
  }

  /// @param lastStatus what the last attempt was answered with; null: nothing
  /// @param lastFault why the last attempt was not answered; null: it was, or there was none
  /// @param endedAt when it was given up; null: it waits
  @Schema(name = "WebhookDelivery")
  record Delivery(
      @Schema(pattern = "^[0-9]{1,18}$") String position,
      String type,
      String subject,
      @Schema(enumeration = {"waiting", "dead"}) String state,
      int attempts,
      @Schema(nullable = true) @Nullable Instant nextAttemptAt,
      @Schema(nullable = true) @Nullable Integer lastStatus,
      @Schema(nullable = true) @Nullable String lastFault,
      Instant createdAt,
      @Schema(nullable = true) @Nullable Instant endedAt) {}

  /// @param next what `after` asks for to go on; null: this was the last page
  @Schema(name = "WebhookDeliveryPage")
  record DeliveryPage(List<Delivery> deliveries, @Schema(nullable = true) @Nullable String next) {}
}
