package io.holdfast.server.json;

import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A body is read as JSON only where it says that it is, once, and that it is nothing more.
final class JsonType {
  private JsonType() {}

  static void check(HttpHeaders headers) {
    List<String> encodings = headers.getRequestHeader(HttpHeaders.CONTENT_ENCODING);
    if (encodings != null && !encodings.isEmpty() && !encodings.equals(List.of("identity"))) {
      throw new NotSupportedException();
    }
    MediaType type = type(headers);
    if (type == null
        || headers.getRequestHeader(HttpHeaders.CONTENT_TYPE).size() != 1
        || !type.getType().equalsIgnoreCase("application")
        || !type.getSubtype().equalsIgnoreCase("json")
        || !isUtf8(type)) {
      throw new NotSupportedException();
    }
  }

  private static @Nullable MediaType type(HttpHeaders headers) {
    try {
      return headers.getMediaType();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static boolean isUtf8(MediaType type) {
    String charset = type.getParameters().get(MediaType.CHARSET_PARAMETER);
    return charset == null || charset.toLowerCase(Locale.ROOT).equals("utf-8");
  }
}
