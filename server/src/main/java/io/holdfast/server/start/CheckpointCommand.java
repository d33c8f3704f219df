package io.holdfast.server.start;

import io.holdfast.stock.LocationId;
import io.holdfast.stock.Sku;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `checkpoint`: parses, and hands over to [Checkpoints] or [CheckpointFiles].
@Command(
    name = "checkpoint",
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Lists the signed statements of what the ledger had come to; or makes them, or gives one",
      "out as a file, or checks such a file: by itself, against a database, or against the",
      "movements of a level as CSV. What was rewritten since then is found, however well."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done, and what was checked fits",
      "1:the differences are printed",
      "2:wrong usage",
      "12:the database can't be reached",
      "17:another fault, which is named"
    })
final class CheckpointCommand implements Callable<Integer>, Checked {
  @Spec private @Nullable CommandSpec spec;

  @ArgGroup(exclusive = true)
  private What what = new What();

  @Option(
      names = "--tenant",
      paramLabel = "SLUG",
      description = "only this tenant's (default: all tenants')")
  private @Nullable String tenant;

  @Option(
      names = "--to",
      paramLabel = "FILE",
      description = "where --export writes to (default: standard output)")
  private @Nullable Path target;

  @Option(
      names = "--checkpoint-key",
      paramLabel = "FILE",
      description = {
        "the private key of --create, with the public one beside it in FILE.pub",
        "(default: checkpoint-key in the data folder, made if it is not there)"
      })
  private @Nullable Path key;

  @Option(
      names = "--public-key",
      paramLabel = "FILE",
      description = "a key that may have signed what --check reads; may be repeated (default: any)")
  private List<Path> publicKeys = List.of();

  @Option(
      names = "--against-database",
      description = "--check: the ledger must still have what the file states")
  private boolean isAgainstDatabase;

  @Option(
      names = "--ledger",
      paramLabel = "FILE",
      description = {
        "--check: so must the movements of a level, as CSV with the oldest first:",
        "GET /v1/items/SKU/movements?order=oldest"
      })
  private @Nullable Path ledger;

  @Option(names = "--sku", paramLabel = "SKU", description = "the item that --ledger is of")
  private @Nullable String sku;

  @Option(
      names = "--location",
      paramLabel = "NAME",
      description = "the location that --ledger is of (default: ${DEFAULT-VALUE})")
  private String location = LocationId.MAIN.value();

  @Mixin private DatabaseOptions options = new DatabaseOptions();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "shows this")
  private boolean unusedHelp;

  /// At most one of them; without any, what there is is listed.
  static final class What {
    @Option(names = "--create", description = "states what has moved since the last checkpoint")
    private boolean isCreate;

    @Option(
        names = "--export",
        paramLabel = "NUMBER",
        description = "writes a checkpoint of --tenant as a file")
    private @Nullable Long exported;

    @Option(names = "--check", paramLabel = "FILE", description = "checks such a file")
    private @Nullable Path checked;
  }

  @Override
  public void check(Problems problems) {
    options.check(problems);
    if (ledger != null && sku == null) {
      problems.add("--ledger needs --sku");
    }
  }

  @Override
  public Integer call() throws Exception {
    OwnersDatabase database = options.database();
    PrintWriter out = commandLine().getOut();
    Path checked = what.checked;
    if (checked != null) {
      return new CheckpointFiles(checked, KeyFiles.readPublic(publicKeys), out)
          .check(isAgainstDatabase ? Optional.of(database) : Optional.empty(), level())
          .number();
    }
    Checkpoints checkpoints = new Checkpoints(database, Optional.ofNullable(tenant), out);
    Long number = what.exported;
    if (number != null) {
      return checkpoints.export(number, Optional.ofNullable(target)).number();
    }
    return (what.isCreate ? checkpoints.create(keyFiles(database)) : checkpoints.list()).number();
  }

  private KeyFiles keyFiles(OwnersDatabase database) {
    return key == null ? KeyFiles.in(database.dataFolder()) : new KeyFiles(key);
  }

  private Optional<CheckpointFiles.Level> level() {
    Path file = ledger;
    if (file == null) {
      return Optional.empty();
    }
    if (sku == null) {
      throw new ParameterException(commandLine(), "--ledger needs --sku");
    }
    try {
      return Optional.of(new CheckpointFiles.Level(new Sku(sku), new LocationId(location), file));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private CommandLine commandLine() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets the spec before it calls");
    }
    return spec.commandLine();
  }
}
