package io.holdfast.proof.workload;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a buyer does next.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "do")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Step.Purchase.class, name = "purchase"),
  @JsonSubTypes.Type(value = Step.Reserve.class, name = "reserve"),
  @JsonSubTypes.Type(value = Step.Replace.class, name = "replace"),
  @JsonSubTypes.Type(value = Step.Change.class, name = "change"),
  @JsonSubTypes.Type(value = Step.Extend.class, name = "extend"),
  @JsonSubTypes.Type(value = Step.Commit.class, name = "commit"),
  @JsonSubTypes.Type(value = Step.Release.class, name = "release"),
  @JsonSubTypes.Type(value = Step.Return.class, name = "return"),
  @JsonSubTypes.Type(value = Step.Receive.class, name = "receive"),
  @JsonSubTypes.Type(value = Step.Transfer.class, name = "transfer"),
  @JsonSubTypes.Type(value = Step.Read.class, name = "read"),
  @JsonSubTypes.Type(value = Step.Together.class, name = "together"),
  @JsonSubTypes.Type(value = Step.Bundle.class, name = "bundle"),
  @JsonSubTypes.Type(value = Step.Count.class, name = "count"),
  @JsonSubTypes.Type(value = Step.Repeat.class, name = "repeat"),
  @JsonSubTypes.Type(value = Step.RepeatPart.class, name = "repeat_part"),
  @JsonSubTypes.Type(value = Step.ReuseKey.class, name = "reuse_key"),
  @JsonSubTypes.Type(value = Step.AwaitExpiry.class, name = "await_expiry"),
  @JsonSubTypes.Type(value = Step.Pause.class, name = "pause")
})
public sealed interface Step {

  /// One that is one wish to the shop.
  ///
  /// `of` is the number of a reservation that was there before; null: the buyer's own last one, and
  /// then nothing is asked if it was refused.
  sealed interface Ask extends Step {}

  /// Reserve and commit in one.
  record Purchase(List<Wanted> lines) implements Ask {
    public Purchase {
      lines = List.copyOf(lines);
    }
  }

  /// @param isPartial whether less will do
  record Reserve(List<Wanted> lines, int ttlSeconds, boolean isPartial) implements Ask {
    public Reserve {
      lines = List.copyOf(lines);
    }

    public Reserve(List<Wanted> lines, int ttlSeconds) {
      this(lines, ttlSeconds, false);
    }
  }

  /// Reserves in the place of an older reservation of the same customer.
  record Replace(@Nullable Integer of, List<Wanted> lines, int ttlSeconds) implements Ask {
    public Replace {
      lines = List.copyOf(lines);
    }
  }

  /// @param asSeen only if it is still as the buyer was told last, if ever
  record Change(@Nullable Integer of, List<Wanted> lines, boolean asSeen) implements Ask {
    public Change {
      lines = List.copyOf(lines);
    }
  }

  record Extend(@Nullable Integer of, int ttlSeconds) implements Ask {}

  /// @param lines the part to commit; none: all of it
  record Commit(@Nullable Integer of, List<Wanted> lines) implements Ask {
    public Commit {
      lines = List.copyOf(lines);
    }

    public Commit() {
      this(null, List.of());
    }
  }

  record Release(@Nullable Integer of) implements Ask {
    public Release() {
      this(null);
    }
  }

  /// @param lines what comes back; none: all that has not come back before
  record Return(@Nullable Integer of, List<Wanted> lines) implements Ask {
    public Return {
      lines = List.copyOf(lines);
    }
  }

  record Receive(int item, String location, long quantity) implements Ask {}

  record Transfer(int item, String from, String to, long quantity) implements Ask {}

  /// Looks at the stock of an item.
  record Read(int item) implements Ask {}

  /// All or none, as one.
  record Together(List<Ask> asks) implements Step {
    public Together {
      asks = List.copyOf(asks);
    }
  }

  /// In one request, each for itself.
  record Bundle(List<Ask> asks) implements Step {
    public Bundle {
      asks = List.copyOf(asks);
    }
  }

  /// Looks at a level and counts it, finding so many more than it has, or, negative, fewer.
  record Count(int item, String location, int difference) implements Step {}

  /// Sends the last request once more, just as it was.
  record Repeat() implements Step {}

  /// Sends one wish of the last bundle once more, alone.
  record RepeatPart(int index) implements Step {}

  /// Sends the key of the last claim once more with another request.
  record ReuseKey() implements Step {}

  /// Waits until the last reservation's time is up, and so much longer (or, negative, less long).
  record AwaitExpiry(int offsetMillis) implements Step {}

  record Pause(int millis) implements Step {}
}
