package io.holdfast.stock;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Everything about a request that is not the [Command] itself: whose stock, who asks, under which
/// idempotency key, how long the caller will wait, and what participants are to add.
///
/// @param onlyOf the customer whose reservations alone there are for this request: with those of
///   anybody else it is refused as if they were not there, [Refusal.UnknownReservation]. What it
///   reserves and buys must be for that customer. Null: all of the tenant's are there
public record Call(
    TenantId tenant,
    Actor actor,
    @Nullable IdempotencyKey key,
    Duration patience,
    List<Attachment> attachments,
    @Nullable Customer onlyOf) {
  /// How long a caller waits who does not say otherwise.
  public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(10);

  /// How long a caller may wait at most.
  public static final Duration MAX_PATIENCE = Duration.ofDays(1);

  public Call {
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(actor, "actor");
    Objects.requireNonNull(patience, "patience");
    if (!patience.isPositive() || patience.compareTo(MAX_PATIENCE) > 0) {
      throw new IllegalArgumentException(
          "patience must be positive and at most " + MAX_PATIENCE + ", not " + patience);
    }
    attachments = Copies.of("attachments", attachments);
  }

  /// With all of the tenant's reservations.
  public Call(
      TenantId tenant,
      Actor actor,
      @Nullable IdempotencyKey key,
      Duration patience,
      List<Attachment> attachments) {
    this(tenant, actor, key, patience, attachments, null);
  }

  /// Without a key, with the usual patience and nothing attached.
  public static Call by(TenantId tenant, Actor actor) {
    return new Call(tenant, actor, null, DEFAULT_PATIENCE, List.of());
  }

  /// With another key, or with none.
  public Call withKey(@Nullable IdempotencyKey newKey) {
    return new Call(tenant, actor, newKey, patience, attachments, onlyOf);
  }

  /// With another patience.
  public Call withPatience(Duration newPatience) {
    return new Call(tenant, actor, key, newPatience, attachments, onlyOf);
  }

  /// With one attachment more.
  public Call with(Attachment attachment) {
    Objects.requireNonNull(attachment, "attachment");
    List<Attachment> more = new ArrayList<>(attachments);
    more.add(attachment);
    return new Call(tenant, actor, key, patience, more, onlyOf);
  }

  /// With the reservations of one customer alone.
  public Call onlyOf(Customer customer) {
    Objects.requireNonNull(customer, "customer");
    return new Call(tenant, actor, key, patience, attachments, customer);
  }
}
