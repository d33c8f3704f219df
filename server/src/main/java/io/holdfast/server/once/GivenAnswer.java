package io.holdfast.server.once;

import io.holdfast.server.json.JsonWriting;
import io.holdfast.server.request.VersionTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/// An answer as it is given, and kept to be given again.
///
/// @param address of what was made; null when nothing was
/// @param version of what the body shows; null when it has none
public record GivenAnswer(
    int status, @Nullable String address, @Nullable Long version, byte[] body) {
  private static final String REPLAYED = "Idempotent-Replayed";

  /// Of something that was made.
  public static GivenAnswer made(String address, long version, Object body) {
    return new GivenAnswer(201, address, version, JsonWriting.bytes(body));
  }

  /// Of something that was made, and that goes on by itself.
  public static GivenAnswer accepted(String address, Object body) {
    return new GivenAnswer(202, address, null, JsonWriting.bytes(body));
  }

  /// Of something that was changed.
  public static GivenAnswer changed(long version, Object body) {
    return new GivenAnswer(200, null, version, JsonWriting.bytes(body));
  }

  /// Of something that is not there any more.
  public static GivenAnswer removed() {
    return new GivenAnswer(204, null, null, new byte[0]);
  }

  public Response response(boolean replayed) {
    Response.ResponseBuilder response = Response.status(status);
    if (body.length > 0) {
      response.type(MediaType.APPLICATION_JSON_TYPE).entity(body);
    }
    if (address != null) {
      response.header("Location", address);
    }
    if (version != null) {
      response.header(VersionTag.TOLD, VersionTag.of(version));
    }
    return replayed ? response.header(REPLAYED, "true").build() : response.build();
  }

  /// Whether an earlier request had the effect.
  public static boolean isReplayed(Response response) {
    return response.getHeaderString(REPLAYED) != null;
  }
}
