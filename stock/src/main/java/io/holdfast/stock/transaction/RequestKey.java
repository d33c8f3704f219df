package io.holdfast.stock.transaction;

import io.holdfast.stock.Call;
import io.holdfast.stock.Command;
import io.holdfast.stock.IdempotencyKey;
import java.util.Optional;
import java.util.UUID;

/// An idempotency key as the tables know it: `id` is a digest of actor, operation and key (the
/// tenant is a column of its own), `fingerprint` one of everything that the request asked for.
///
/// Both are the first 128 bits of a SHA-256. Two keys that differ would have to collide in all of
/// these to be taken for one another.
public record RequestKey(UUID id, UUID fingerprint) {

  static Optional<RequestKey> of(Command command, Call call) {
    IdempotencyKey key = call.key();
    if (key == null) {
      return Optional.empty();
    }
    CommandBytes scope =
        new CommandBytes()
            .text(call.actor().name())
            .text(command.getClass().getSimpleName())
            .text(key.value());
    return Optional.of(
        new RequestKey(scope.digest(), new CommandBytes().command(command).digest()));
  }
}
