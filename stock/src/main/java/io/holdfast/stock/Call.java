package io.holdfast.stock;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything about a request that is not the [Command] itself: whose stock, who asks, under which
/// idempotency key, how long the caller will wait, and what participants are to add.
public record Call(
    TenantId tenant,
    Actor actor,
    @Nullable IdempotencyKey key,
    Duration patience,
    List<Attachment> attachments) {
  public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(10);

  public Call {
    if (patience.isNegative() || patience.isZero()) {
      throw new IllegalArgumentException("patience must be positive, not " + patience);
    }
    attachments = List.copyOf(attachments);
  }

  public static Call by(TenantId tenant, Actor actor) {
    return new Call(tenant, actor, null, DEFAULT_PATIENCE, List.of());
  }

  public Call withKey(@Nullable IdempotencyKey newKey) {
    return new Call(tenant, actor, newKey, patience, attachments);
  }

  public Call withPatience(Duration newPatience) {
    return new Call(tenant, actor, key, newPatience, attachments);
  }

  public Call with(Attachment attachment) {
    return new Call(tenant, actor, key, patience, List.of(attachment));
  }
}
