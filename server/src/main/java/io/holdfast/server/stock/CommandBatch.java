package io.holdfast.server.stock;

import io.holdfast.server.identity.Caller;
import io.holdfast.server.identity.RequestKey;
import io.holdfast.server.json.InvalidMember;
import io.holdfast.server.json.JsonMembers;
import io.holdfast.stock.Command;
import io.holdfast.stock.IdempotencyKey;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// Many commands in one body: each for itself, or all of them or none.
sealed interface CommandBatch {

  /// Each has its own outcome.
  record Separate(List<Keyed> commands) implements CommandBatch {}

  /// One command of the engine, with one key and one outcome.
  record Atomic(Keyed whole) implements CommandBatch {}

  /// @param key null when it is done as often as it is asked
  record Keyed(Command command, @Nullable IdempotencyKey key, Reach reach) {

    private static Keyed read(JsonMembers members, Caller caller) {
      IdempotencyKey key =
          members.optionalText("idempotency_key", IdempotencyKey::new).orElse(null);
      Reach reach = CommandBatch.reach(members, caller);
      return new Keyed(CommandBatch.command(members.without("idempotency_key"), reach), key, reach);
    }

    /// Under the key of the whole, a slash and its index, if it has no key of its own.
    private Keyed orUnder(IdempotencyKey whole, int index) {
      if (key != null) {
        return this;
      }
      int most = IdempotencyKey.MAX_LENGTH - "/999".length();
      if (whole.value().length() > most) {
        throw new InvalidMember(
            RequestKey.HEADER, "must have at most " + most + " characters here");
      }
      return new Keyed(command, new IdempotencyKey(whole.value() + "/" + index), reach);
    }
  }

  @Schema(name = "NewCommands")
  record NewCommands(
      @Schema(defaultValue = "false", description = "whether to do all of them or none")
          @Nullable Boolean atomic,
      @Schema(required = true, minItems = 1, maxItems = Command.MAX_TOGETHER)
          List<Object> commands) {

    /// What the caller may not do ends the request, before anything of it is done.
    ///
    /// @param key of the whole
    static CommandBatch read(JsonMembers members, @Nullable IdempotencyKey key, Caller caller) {
      members.only("atomic", "commands");
      return members.flag("atomic", false)
          ? atomic(members, key, caller)
          : separate(members, key, caller);
    }

    private static CommandBatch separate(
        JsonMembers members, @Nullable IdempotencyKey key, Caller caller) {
      List<Keyed> read =
          members.objects("commands", Command.MAX_TOGETHER, each -> Keyed.read(each, caller));
      List<Keyed> keyed = new ArrayList<>(read.size());
      for (int i = 0; i < read.size(); i++) {
        keyed.add(key == null ? read.get(i) : read.get(i).orUnder(key, i));
      }
      return new Separate(keyed);
    }

    /// A key of one alone would be a promise that the whole can't keep.
    private static CommandBatch atomic(
        JsonMembers members, @Nullable IdempotencyKey key, Caller caller) {
      Reach reach =
          Reach.narrowest(
              members.objects("commands", Command.MAX_TOGETHER, each -> reach(each, caller)));
      List<Command> commands =
          members.objects("commands", Command.MAX_TOGETHER, each -> command(each, reach));
      try {
        return new Atomic(new Keyed(new Command.Together(commands), key, reach));
      } catch (IllegalArgumentException e) {
        throw new InvalidMember(members.path("commands"), String.valueOf(e.getMessage()));
      }
    }
  }

  private static Reach reach(JsonMembers members, Caller caller) {
    CommandForm form = members.text("command", CommandForm::ofCode);
    caller.requireMay(form.operationId(), members.path("command"));
    return Reach.of(caller, form.operationId());
  }

  private static Command command(JsonMembers members, Reach reach) {
    CommandForm form = members.text("command", CommandForm::ofCode);
    return form.read(members.without("command"), reach);
  }

  /// @param status the one that the command's own route would answer
  /// @param body the one that the command's own route would answer
  @Schema(name = "CommandOutcome")
  record CommandOutcome(int status, Object body) {}

  /// In the order of the commands.
  @Schema(name = "CommandOutcomes")
  record CommandOutcomes(List<CommandOutcome> outcomes) {

    static CommandOutcomes of(List<Told> told) {
      return new CommandOutcomes(
          told.stream().map(each -> new CommandOutcome(each.status(), each.body())).toList());
    }
  }
}
