package io.holdfast.server.transfer;

import io.holdfast.server.problem.ProblemCode;
import io.holdfast.server.problem.ProblemException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How a file is written.
enum FileFormat {
  CSV(FileFormat.CSV_TYPE),
  JSONL(FileFormat.JSONL_TYPE);

  static final String CSV_TYPE = "text/csv";
  static final String JSONL_TYPE = "application/x-ndjson";

  // Immutable, but for its parameters, of which it has none.
  @SuppressWarnings("ImmutableEnumChecker")
  private final MediaType type;

  FileFormat(String type) {
    this.type = MediaType.valueOf(type);
  }

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static FileFormat ofCode(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }

  MediaType type() {
    return type;
  }

  /// Of a body, which says once what it is, and is not encoded.
  static FileFormat of(HttpHeaders headers) {
    List<String> encodings = headers.getRequestHeader(HttpHeaders.CONTENT_ENCODING);
    if (encodings != null && !encodings.isEmpty() && !encodings.equals(List.of("identity"))) {
      throw unsupported();
    }
    MediaType given = given(headers);
    for (FileFormat format : values()) {
      if (given != null && format.isOf(given)) {
        return format;
      }
    }
    throw unsupported();
  }

  private static ProblemException unsupported() {
    return new ProblemException(
        ProblemCode.UNSUPPORTED_MEDIA_TYPE,
        "the body must be " + CSV_TYPE + " or " + JSONL_TYPE + " in UTF-8, not encoded");
  }

  private boolean isOf(MediaType given) {
    String charset = given.getParameters().get(MediaType.CHARSET_PARAMETER);
    return given.getType().equalsIgnoreCase(type.getType())
        && given.getSubtype().equalsIgnoreCase(type.getSubtype())
        && (charset == null || charset.toLowerCase(Locale.ROOT).equals("utf-8"));
  }

  private static @Nullable MediaType given(HttpHeaders headers) {
    try {
      return headers.getMediaType();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
