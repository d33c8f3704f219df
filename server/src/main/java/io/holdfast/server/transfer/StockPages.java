package io.holdfast.server.transfer;

import io.holdfast.server.json.JsonBody;
import io.holdfast.server.json.JsonMembers;
import io.holdfast.server.problem.Problem;
import io.holdfast.server.problem.RefusalProblems;
import io.holdfast.server.transfer.ImportLines.Stored;
import io.holdfast.server.transfer.StockLevels.Level;
import io.holdfast.stock.Actor;
import io.holdfast.stock.Answer;
import io.holdfast.stock.Call;
import io.holdfast.stock.Command;
import io.holdfast.stock.Outcome;
import io.holdfast.stock.Reason;
import io.holdfast.stock.Refusal;
import io.holdfast.stock.StockJoiner;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Lines about stock. The engine decides them, in the transaction of the page: what the lines move
/// commits with how far the import has come, so each moves it once.
final class StockPages implements LinePages {
  /// As long as others who hold a level may take.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final StockJoiner engine;

  StockPages(StockJoiner engine) {
    this.engine = engine;
  }

  /// A line that moves something.
  ///
  /// @param isCount whether it says what there is, and not what came in
  private record Move(Stored line, boolean isCount, Command command) {}

  /// What a line comes to.
  ///
  /// @param command null: nothing moves
  /// @param refusal null: nothing is in the way
  private record Verdict(@Nullable Command command, @Nullable Refusal refusal) {
    static Verdict refused(Refusal refusal) {
      return new Verdict(null, refusal);
    }
  }

  /// Somebody else received the first of an item at a location while this was about to. Nothing is
  /// to be kept of the transaction; with the next one the level is there.
  static final class Overtaken extends RuntimeException {
    private Overtaken() {
      super("a level was begun by somebody else meanwhile", null, false, false);
    }
  }

  /// The engine's verdict is the one that there will be, so it is asked for.
  @Override
  public PageResult rehearse(Handle handle, StoredImport of, List<Stored> lines)
      throws SQLException {
    return apply(handle, of, lines);
  }

  @Override
  public PageResult apply(Handle handle, StoredImport of, List<Stored> lines) throws SQLException {
    List<StockLine> read =
        lines.stream()
            .map(line -> StockLine.of(JsonMembers.of(JsonBody.object(line.json()))))
            .toList();
    StockLevels levels = StockLevels.lock(handle, of.tenant(), read);
    Reason reason = new Reason("import " + of.id());
    List<Move> moves = new ArrayList<>();
    List<LineFault> faults = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Verdict verdict = verdict(read.get(i), levels, reason);
      if (verdict.refusal() != null) {
        faults.add(fault(lines.get(i), verdict.refusal()));
      } else if (verdict.command() != null) {
        moves.add(new Move(lines.get(i), read.get(i).onHand() != null, verdict.command()));
      }
    }
    long unchanged = lines.size() - (long) moves.size() - faults.size();
    return new PageResult(decide(handle, of, moves, faults), unchanged, faults);
  }

  private static Verdict verdict(StockLine line, StockLevels levels, Reason reason) {
    Boolean isTracked = levels.isTracked(line.sku());
    if (isTracked == null) {
      return Verdict.refused(new Refusal.UnknownItem(line.sku()));
    }
    if (!isTracked) {
      return Verdict.refused(new Refusal.ItemNotTracked(line.sku()));
    }
    if (!levels.isLocation(line.location())) {
      return Verdict.refused(new Refusal.UnknownLocation(line.location()));
    }
    Level level = levels.of(line.key());
    if (line.received() != null) {
      return new Verdict(
          new Command.Receive(line.sku(), line.location(), line.received(), reason), null);
    }
    long counted = line.onHand() == null ? 0 : line.onHand();
    long version = level == null ? 0 : level.version();
    if (line.version() != null && line.version() != version) {
      return Verdict.refused(new Refusal.VersionConflict(line.version(), version));
    }
    if (counted == (level == null ? 0 : level.onHand())) {
      return new Verdict(null, null);
    }
    return new Verdict(
        level == null
            ? new Command.Receive(line.sku(), line.location(), counted, reason)
            : new Command.Count(line.sku(), line.location(), counted, version, reason),
        null);
  }

  /// All that can be done, in one command. Of what can't the engine names the first, so it is asked
  /// again without that one.
  private long decide(Handle handle, StoredImport of, List<Move> moves, List<LineFault> faults)
      throws SQLException {
    List<Move> left = new ArrayList<>(moves);
    Call call = Call.by(of.tenant(), new Actor(of.actor())).withPatience(PATIENCE);
    while (!left.isEmpty()) {
      List<Command> commands = left.stream().map(Move::command).toList();
      Answer answer = engine.decide(handle.getConnection(), new Command.Together(commands), call);
      switch (answer.outcome()) {
        case Outcome.DoneTogether(var parts) -> {
          requireFirst(left, parts);
          return left.size();
        }
        case Refusal.PartRefused(int index, Refusal why) ->
            faults.add(fault(left.remove(index).line(), why));
        default -> throw new IllegalStateException("together they came to " + answer.outcome());
      }
    }
    return 0;
  }

  /// What was counted where nothing was known yet is received; that it was the first is seen
  /// afterwards.
  private static void requireFirst(List<Move> moves, List<Outcome.Effect> effects) {
    for (int i = 0; i < moves.size(); i++) {
      if (moves.get(i).isCount()
          && effects.get(i) instanceof Outcome.Received received
          && Objects.requireNonNull(received.line().after()).version() != 1) {
        throw new Overtaken();
      }
    }
  }

  private static LineFault fault(Stored line, Refusal refusal) {
    Problem problem = RefusalProblems.of(refusal);
    String column =
        switch (refusal) {
          case Refusal.UnknownItem _, Refusal.ItemNotTracked _ -> "sku";
          case Refusal.UnknownLocation _ -> "location";
          case Refusal.VersionConflict _ -> "version";
          default -> null;
        };
    return new LineFault(line.number(), column, problem.code(), problem.detail(), null);
  }
}
