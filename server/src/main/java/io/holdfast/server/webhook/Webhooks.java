package io.holdfast.server.webhook;

import io.holdfast.server.event.Feed;
import io.holdfast.server.identity.Caller;
import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.json.InvalidMember;
import io.holdfast.server.once.GivenAnswer;
import io.holdfast.server.once.OncePerKey;
import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;
import io.holdfast.server.request.VersionTag;
import io.holdfast.server.trail.Change;
import io.holdfast.server.trail.State;
import io.holdfast.server.trail.Subject;
import io.holdfast.server.trail.Trail;
import io.holdfast.server.webhook.WebhookBodies.Delivery;
import io.holdfast.server.webhook.WebhookBodies.DeliveryPage;
import io.holdfast.server.webhook.WebhookBodies.Replay;
import io.holdfast.server.webhook.WebhookBodies.StoredWebhook;
import io.holdfast.server.webhook.WebhookBodies.Wanted;
import io.holdfast.server.webhook.WebhookBodies.WebhookWithSecret;
import io.holdfast.stock.TenantId;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// A tenant's webhooks.
@Singleton
final class Webhooks {
  private static final int MAX_WEBHOOKS = 20;

  private final TenantScope tenants;
  private final Trail trail;
  private final Destinations destinations;
  private final SecureRandom randomness = new SecureRandom();

  Webhooks(TenantScope tenants, Trail trail, Destinations destinations) {
    this.tenants = tenants;
    this.trail = trail;
    this.destinations = destinations;
  }

  WebhookWithSecret create(Caller caller, Wanted wanted, Optional<Long> after) {
    check(wanted);
    WebhookSecret secret = WebhookSecret.random(randomness);
    TenantId tenant = caller.tenant();
    return tenants.inTransaction(
        tenant,
        handle -> {
          if (StoredWebhooks.count(handle, tenant) >= MAX_WEBHOOKS) {
            throw new ProblemException(
                ProblemCode.TOO_MANY_WEBHOOKS, "there are " + MAX_WEBHOOKS + " already");
          }
          long position =
              after.isPresent() ? required(handle, tenant, after.get()) : Feed.last(handle, tenant);
          StoredWebhook made = StoredWebhooks.add(handle, tenant, wanted, secret, position);
          tell(handle, caller, made.id(), null, state(made));
          return WebhookWithSecret.of(made, secret);
        });
  }

  private void check(Wanted wanted) {
    try {
      destinations.check(wanted.url());
    } catch (IllegalArgumentException e) {
      throw new InvalidMember("url", String.valueOf(e.getMessage()));
    }
  }

  private static long required(Handle handle, TenantId tenant, long after) {
    try {
      Feed.require(handle, tenant, after);
      return after;
    } catch (Feed.Gone gone) {
      throw gone.asProblem(after);
    }
  }

  List<StoredWebhook> list(Caller caller) {
    return tenants.inTransaction(
        caller.tenant(), handle -> StoredWebhooks.list(handle, caller.tenant()));
  }

  StoredWebhook get(Caller caller, long id) {
    return tenants.inTransaction(
        caller.tenant(), handle -> found(handle, new Leased.Id(caller.tenant(), id)));
  }

  DeliveryPage deliveries(Caller caller, long id, @Nullable String state, long after, int limit) {
    Leased.Id webhook = new Leased.Id(caller.tenant(), id);
    List<Delivery> found =
        tenants.inTransaction(
            caller.tenant(),
            handle -> {
              found(handle, webhook);
              return StoredWebhooks.deliveries(handle, webhook, state, after, limit);
            });
    return new DeliveryPage(found, found.size() < limit ? null : found.getLast().position());
  }

  WebhookWithSecret rotate(Caller caller, long id, long overlapSeconds) {
    WebhookSecret secret = WebhookSecret.random(randomness);
    Leased.Id webhook = new Leased.Id(caller.tenant(), id);
    return tenants.inTransaction(
        caller.tenant(),
        handle -> {
          State before = state(found(handle, webhook)).and("secret", "the one before");
          if (!StoredWebhooks.rotate(handle, webhook, secret, overlapSeconds)) {
            throw unknown(id);
          }
          StoredWebhook rotated = found(handle, webhook);
          tell(handle, caller, id, before, state(rotated).and("secret", "another"));
          return WebhookWithSecret.of(rotated, secret);
        });
  }

  private void tell(
      Handle handle, Caller caller, long id, @Nullable State before, @Nullable State after) {
    trail.add(handle, caller.tenant(), caller.actor(), new Change(subject(id), before, after));
  }

  OncePerKey.Done change(
      Handle handle, Leased.Id id, Wanted wanted, @Nullable Long expectedVersion) {
    StoredWebhook before = expected(handle, id, expectedVersion);
    StoredWebhooks.change(handle, id, wanted);
    return changed(before, found(handle, id));
  }

  /// What has to be right of a request before anything is looked up for it.
  Wanted checked(Wanted wanted) {
    check(wanted);
    return wanted;
  }

  OncePerKey.Done replay(Handle handle, Leased.Id id, Replay replay) {
    StoredWebhook before = found(handle, id);
    if (replay.after().isPresent()) {
      long after = required(handle, id.tenant(), replay.after().get());
      StoredWebhooks.move(handle, id, after);
    } else {
      StoredWebhooks.revive(handle, id);
    }
    return changed(before, found(handle, id));
  }

  private static OncePerKey.Done changed(StoredWebhook before, StoredWebhook after) {
    return new OncePerKey.Done(
        GivenAnswer.changed(after.version(), after), state(before), state(after));
  }

  OncePerKey.Done remove(Handle handle, Leased.Id id, @Nullable Long expectedVersion) {
    StoredWebhook before = expected(handle, id, expectedVersion);
    StoredWebhooks.remove(handle, id);
    return new OncePerKey.Done(GivenAnswer.removed(), state(before), null);
  }

  private static StoredWebhook expected(
      Handle handle, Leased.Id id, @Nullable Long expectedVersion) {
    StoredWebhook found = found(handle, id);
    VersionTag.requireDone(
        expectedVersion == null || expectedVersion == found.version(),
        expectedVersion,
        found.version());
    return found;
  }

  static Subject subject(long id) {
    return new Subject("webhook", Long.toString(id));
  }

  /// Nothing of a secret; and of the address only whose it is, since many have a secret in it.
  private static State state(StoredWebhook webhook) {
    WebhookUrl url = WebhookUrl.parse(webhook.url());
    return State.of("to", url.uri().getScheme() + "://" + url.host() + ":" + url.port())
        .and("types", String.join(" ", webhook.types()))
        .and("description", webhook.description())
        .and("state", webhook.state())
        .and("max_attempts", webhook.maxAttempts())
        .and("position", webhook.position())
        .and("previous_until", webhook.previousUntil())
        .and("version", webhook.version());
  }

  private static StoredWebhook found(Handle handle, Leased.Id id) {
    return StoredWebhooks.find(handle, id.tenant(), id.webhook())
        .orElseThrow(() -> unknown(id.webhook()));
  }

  private static ProblemException unknown(long id) {
    return new ProblemException(ProblemCode.UNKNOWN_WEBHOOK, "there is no webhook " + id);
  }
}
