package io.holdfast.proof.workload;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/// What a buyer does next.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "do")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Step.Purchase.class, name = "purchase"),
  @JsonSubTypes.Type(value = Step.Reserve.class, name = "reserve"),
  @JsonSubTypes.Type(value = Step.Commit.class, name = "commit"),
  @JsonSubTypes.Type(value = Step.Release.class, name = "release"),
  @JsonSubTypes.Type(value = Step.Repeat.class, name = "repeat"),
  @JsonSubTypes.Type(value = Step.ReuseKey.class, name = "reuse_key"),
  @JsonSubTypes.Type(value = Step.Read.class, name = "read"),
  @JsonSubTypes.Type(value = Step.AwaitExpiry.class, name = "await_expiry"),
  @JsonSubTypes.Type(value = Step.Pause.class, name = "pause")
})
public sealed interface Step {

  /// Reserve and commit in one.
  record Purchase(List<Wanted> lines) implements Step {
    public Purchase {
      lines = List.copyOf(lines);
    }
  }

  record Reserve(List<Wanted> lines, int ttlSeconds) implements Step {
    public Reserve {
      lines = List.copyOf(lines);
    }
  }

  /// Commits the buyer's last reservation; nothing if it was refused.
  record Commit() implements Step {}

  /// Releases the buyer's last reservation; nothing if it was refused.
  record Release() implements Step {}

  /// Sends the last claim once more, just as it was.
  record Repeat() implements Step {}

  /// Sends the key of the last claim once more with another request.
  record ReuseKey() implements Step {}

  /// Looks at the stock of an item.
  record Read(int item) implements Step {}

  /// Waits until the last reservation's time is up, and so much longer (or, negative, less long).
  record AwaitExpiry(int offsetMillis) implements Step {}

  record Pause(int millis) implements Step {}
}
