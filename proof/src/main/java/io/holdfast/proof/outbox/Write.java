package io.holdfast.proof.outbox;

import io.holdfast.proof.shop.Try;
import java.util.List;
import java.util.Optional;

/// Something that was asked for, with one key, until there was a definite answer.
///
/// @param key is also the reference of an order, and the customer of a reservation
/// @param about the id of what was there before; empty if it makes something
/// @param ttlSeconds after which what it makes expires; 0 if it makes nothing
/// @param units of all lines together
public record Write(
    Act act, String key, String about, int ttlSeconds, long units, List<Try> tries) {
  /// What lives no longer than that expires while it is looked at.
  public static final int SHORT_TTL_SECONDS = 1;

  public Write {
    tries = List.copyOf(tries);
  }

  public boolean isAccepted() {
    return tries.stream().anyMatch(Try::isYes);
  }

  public boolean isRefused() {
    return !isAccepted() && tries.getLast().isDefinite();
  }

  /// Nobody can say whether it was done.
  public boolean isOpen() {
    return !isAccepted() && !isRefused();
  }

  /// Whether an answer was missing at first and definite later.
  public boolean isResolved() {
    return tries.stream().anyMatch(Try::isUnknown) && !isOpen();
  }

  boolean isShort() {
    return act.isFirst() && ttlSeconds <= SHORT_TTL_SECONDS;
  }

  /// The first answer that is a yes, or the last one.
  Try answer() {
    return tries.stream().filter(Try::isYes).findFirst().orElse(tries.getLast());
  }

  /// The id of what it is about, if that is known.
  Optional<String> id() {
    if (!about.isEmpty()) {
      return Optional.of(about);
    }
    return isAccepted()
        ? Optional.ofNullable(answer().json().path("id").textValue())
        : Optional.empty();
  }

  Optional<String> subject() {
    return id().map(act::subject);
  }

  @Override
  public String toString() {
    Try answer = answer();
    return "%s %s%s, answered %d %s"
        .formatted(
            act.word(),
            key,
            id().map(id -> " of " + id).orElse(""),
            answer.status(),
            answer.isYes() ? "" : answer.code());
  }
}
