package io.holdfast.proof.http;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What came back. Header names are in lower case.
public record Response(int status, Map<String, String> headers, String body) {

  public Response {
    headers = Map.copyOf(headers);
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }
}
