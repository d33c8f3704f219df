package io.holdfast.proof.history;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is wanted of a shop, before it is a request. Wishes that are equal are the same request.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "action")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Wish.Reserve.class, name = "reserve"),
  @JsonSubTypes.Type(value = Wish.Purchase.class, name = "purchase"),
  @JsonSubTypes.Type(value = Wish.Change.class, name = "change"),
  @JsonSubTypes.Type(value = Wish.Extend.class, name = "extend"),
  @JsonSubTypes.Type(value = Wish.Commit.class, name = "commit"),
  @JsonSubTypes.Type(value = Wish.Release.class, name = "release"),
  @JsonSubTypes.Type(value = Wish.Return.class, name = "return"),
  @JsonSubTypes.Type(value = Wish.Transfer.class, name = "transfer"),
  @JsonSubTypes.Type(value = Wish.Receive.class, name = "receive"),
  @JsonSubTypes.Type(value = Wish.Count.class, name = "count"),
  @JsonSubTypes.Type(value = Wish.Together.class, name = "together"),
  @JsonSubTypes.Type(value = Wish.Read.class, name = "read")
})
public sealed interface Wish {

  Action action();

  /// The lines that it names; none if it means all that there are, or none.
  default List<Line> lines() {
    return List.of();
  }

  /// The reservation that it is about, if that was there before.
  default @Nullable String reservation() {
    return null;
  }

  /// For whom it makes a reservation, if it does.
  default @Nullable String customer() {
    return null;
  }

  /// What is done by it, one after the other: itself, unless it is several.
  default List<Wish> each() {
    return List.of(this);
  }

  /// @param isPartial whether less will do
  /// @param replaces an older reservation of the same customer that it takes the place of
  record Reserve(
      List<Line> lines,
      @JsonProperty("ttl_seconds") int ttlSeconds,
      String customer,
      @JsonProperty("partial") boolean isPartial,
      @Nullable String replaces)
      implements Wish {
    public Reserve {
      lines = List.copyOf(lines);
    }

    public Reserve(List<Line> lines, int ttlSeconds, String customer) {
      this(lines, ttlSeconds, customer, false, null);
    }

    @Override
    public Action action() {
      return Action.RESERVE;
    }
  }

  /// Reserves and commits in one.
  record Purchase(List<Line> lines, String customer) implements Wish {
    public Purchase {
      lines = List.copyOf(lines);
    }

    @Override
    public Action action() {
      return Action.PURCHASE;
    }
  }

  /// Gives a reservation other lines in the place of all that it has.
  ///
  /// @param version the only one at which that is meant; null: whatever it is by now
  record Change(String reservation, List<Line> lines, @Nullable Long version) implements Wish {
    public Change {
      lines = List.copyOf(lines);
    }

    @Override
    public Action action() {
      return Action.CHANGE;
    }
  }

  record Extend(String reservation, @JsonProperty("ttl_seconds") int ttlSeconds) implements Wish {
    @Override
    public Action action() {
      return Action.EXTEND;
    }
  }

  /// @param lines the part to commit, the rest being released; none: all of it
  record Commit(String reservation, List<Line> lines) implements Wish {
    public Commit {
      lines = List.copyOf(lines);
    }

    @Override
    public Action action() {
      return Action.COMMIT;
    }
  }

  record Release(String reservation) implements Wish {
    @Override
    public Action action() {
      return Action.RELEASE;
    }
  }

  /// @param lines what comes back; none: all that has not come back before
  record Return(String reservation, List<Line> lines) implements Wish {
    public Return {
      lines = List.copyOf(lines);
    }

    @Override
    public Action action() {
      return Action.RETURN;
    }
  }

  record Transfer(String sku, String from, String to, long quantity) implements Wish {
    @Override
    public Action action() {
      return Action.TRANSFER;
    }

    @Override
    public List<Line> lines() {
      return List.of(new Line(sku, from, quantity));
    }
  }

  record Receive(String sku, String location, long quantity) implements Wish {
    @Override
    public Action action() {
      return Action.RECEIVE;
    }

    @Override
    public List<Line> lines() {
      return List.of(new Line(sku, location, quantity));
    }
  }

  /// @param version of the level when it was counted
  record Count(String sku, String location, @JsonProperty("on_hand") long onHand, long version)
      implements Wish {
    @Override
    public Action action() {
      return Action.COUNT;
    }

    @Override
    public List<Line> lines() {
      return List.of(new Line(sku, location, onHand));
    }
  }

  /// All or none, as one.
  record Together(List<Wish> wishes) implements Wish {
    public Together {
      wishes = List.copyOf(wishes);
    }

    @Override
    public Action action() {
      return Action.TOGETHER;
    }

    @Override
    public List<Line> lines() {
      return wishes.stream().flatMap(wish -> wish.lines().stream()).toList();
    }

    @Override
    public List<Wish> each() {
      return wishes;
    }
  }

  record Read(String sku) implements Wish {
    @Override
    public Action action() {
      return Action.READ;
    }

    @Override
    public List<Line> lines() {
      return List.of(new Line(sku, 0));
    }
  }
}
