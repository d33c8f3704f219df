package io.holdfast.server.stock;

import io.holdfast.server.identity.RequestKey;
import io.holdfast.server.json.InvalidMember;
import io.holdfast.server.json.JsonMembers;
import io.holdfast.stock.Command;
import io.holdfast.stock.IdempotencyKey;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// Many commands in one body, and what became of each.
final class CommandBatch {
  static final int MAX_COMMANDS = 1_000;
  private static final int MAX_INDEX_LENGTH = 4;

  private CommandBatch() {}

  @Schema(name = "NewCommands")
  record NewCommands(
      @Schema(required = true, minItems = 1, maxItems = MAX_COMMANDS) List<Object> commands) {

    /// @param key of the whole; a command that has none of its own goes under this one, a slash and
    ///   its index
    static List<Keyed> read(JsonMembers members, @Nullable IdempotencyKey key) {
      members.only("commands");
      List<Keyed> read = members.objects("commands", MAX_COMMANDS, Keyed::read);
      List<Keyed> keyed = new ArrayList<>(read.size());
      for (int i = 0; i < read.size(); i++) {
        keyed.add(key == null ? read.get(i) : read.get(i).orUnder(key, i));
      }
      return keyed;
    }
  }

  /// @param key null when it is done as often as it is asked
  record Keyed(Command command, @Nullable IdempotencyKey key) {

    private static Keyed read(JsonMembers members) {
      CommandForm form = members.text("command", CommandForm::ofCode);
      IdempotencyKey key =
          members.optionalText("idempotency_key", IdempotencyKey::new).orElse(null);
      return new Keyed(form.read(members.without("command", "idempotency_key")), key);
    }

    private Keyed orUnder(IdempotencyKey whole, int index) {
      if (key != null) {
        return this;
      }
      int most = IdempotencyKey.MAX_LENGTH - MAX_INDEX_LENGTH;
      if (whole.value().length() > most) {
        throw new InvalidMember(
            RequestKey.HEADER, "must have at most " + most + " characters here");
      }
      return new Keyed(command, new IdempotencyKey(whole.value() + "/" + index));
    }
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
