package io.holdfast.server.identity;

import io.holdfast.server.json.InvalidMember;
import io.holdfast.stock.IdempotencyKey;
import jakarta.ws.rs.core.HttpHeaders;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The `Idempotency-Key` of a request.
public final class RequestKey {
  public static final String HEADER = "Idempotency-Key";

  private RequestKey() {}

  /// Null without the header. Two keys would be two names for one request, so they are refused.
  public static @Nullable IdempotencyKey of(HttpHeaders headers) {
    List<String> values = headers.getRequestHeader(HEADER);
    if (values == null || values.isEmpty()) {
      return null;
    }
    if (values.size() > 1) {
      throw new InvalidMember(HEADER, "must be given once");
    }
    try {
      return new IdempotencyKey(values.getFirst());
    } catch (IllegalArgumentException e) {
      throw new InvalidMember(HEADER, String.valueOf(e.getMessage()));
    }
  }

  /// Where no key is taken: it would have an answer kept that nobody but its receiver may have.
  public static void refuse(HttpHeaders headers) {
    List<String> values = headers.getRequestHeader(HEADER);
    if (values != null && !values.isEmpty()) {
      throw new InvalidMember(HEADER, "is not taken here: the answer is kept nowhere");
    }
  }

  /// The key within its scope of caller and operation, in a form that a row can hold.
  public static UUID digest(Caller caller, String operation, IdempotencyKey key) {
    return digest(operation + "\n" + caller.actor().name() + "\n" + key.value());
  }

  /// The first half of a text's SHA-256, by which a request is told from another one.
  public static UUID digest(String text) {
    ByteBuffer hash = ByteBuffer.wrap(Sha256.of(text));
    return new UUID(hash.getLong(), hash.getLong());
  }
}
