package io.holdfast.server.stock;

import io.holdfast.server.json.JsonMembers;
import io.holdfast.stock.Command;
import java.time.Duration;

/// The member `ttl_seconds`: for how long stock is held.
public final class HeldFor {
  private static final String NAME = "ttl_seconds";
  private static final long USUAL_SECONDS = 900;

  private HeldFor() {}

  /// The usual time if it is left out.
  public static Duration read(JsonMembers members) {
    return Duration.ofSeconds(
        members.whole(
            NAME, Command.MIN_TTL.toSeconds(), Command.MAX_TTL.toSeconds(), USUAL_SECONDS));
  }

  static Duration readRequired(JsonMembers members) {
    return Duration.ofSeconds(
        members.whole(NAME, Command.MIN_TTL.toSeconds(), Command.MAX_TTL.toSeconds()));
  }
}
