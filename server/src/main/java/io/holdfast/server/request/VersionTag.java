package io.holdfast.server.request;

import io.holdfast.server.json.InvalidMember;
import io.holdfast.server.json.JsonResponses;
import io.holdfast.server.problem.ProblemException;
import io.holdfast.server.problem.RefusalProblems;
import io.holdfast.stock.Refusal;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The version of something that can be edited, as `ETag` tells it and `If-Match` asks for it.
public final class VersionTag {
  public static final String TOLD = "ETag";
  public static final String ASKED = "If-Match";

  // Eighteen digits always fit into a long; no version comes near.
  private static final Pattern TAG = Pattern.compile("\"(\\d{1,18})\"");

  private VersionTag() {}

  public static String of(long version) {
    return "\"" + version + "\"";
  }

  /// The version that must be there for the request to have any effect; null: any. A tag that was
  /// never given out is refused, and never taken for no condition.
  public static @Nullable Long asked(HttpHeaders headers) {
    List<String> values = headers.getRequestHeader(ASKED);
    if (values == null || values.isEmpty() || values.equals(List.of("*"))) {
      return null;
    }
    Matcher tag = TAG.matcher(values.getFirst());
    if (values.size() == 1 && tag.matches()) {
      return Long.valueOf(tag.group(1));
    }
    throw new InvalidMember(ASKED, "must be one ETag that was given out here, like \"3\", or *");
  }

  /// What was asked for, at this version.
  public static Response told(Object body, long version) {
    return JsonResponses.of(200, body).header(TOLD, of(version)).build();
  }

  /// Refuses what had no effect because another version is there.
  public static void requireDone(boolean isDone, @Nullable Long asked, long found) {
    if (!isDone && asked != null) {
      throw conflict(asked, found);
    }
  }

  /// For one that is not there: another one is.
  public static ProblemException conflict(long asked, long found) {
    return new ProblemException(
        RefusalProblems.of(new Refusal.VersionConflict(asked, found)).at(ASKED));
  }
}
