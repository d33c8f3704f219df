package io.holdfast.server.start;

import io.holdfast.server.stock.MovementsCsvReader;
import io.holdfast.stock.Checkpoint.Statement;
import io.holdfast.stock.LocationId;
import io.holdfast.stock.Sku;
import io.holdfast.stock.StockCheckpoints;
import io.holdfast.stock.StockCheckpoints.CheckedFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/// Checks an exported checkpoint: by itself, and against what is said to be the ledger.
final class CheckpointFiles {
  private final Path file;
  private final Set<PublicKey> trusted;
  private final PrintWriter out;
  private final StockCheckpoints checkpoints = StockCheckpoints.create();

  /// @param trusted empty: any key may have signed
  CheckpointFiles(Path file, Set<PublicKey> trusted, PrintWriter out) {
    this.file = file;
    this.trusted = trusted;
    this.out = out;
  }

  /// The movements of a level as CSV, and of which level they are.
  record Level(Sku sku, LocationId location, Path ledger) {}

  ExitCode check(Optional<OwnersDatabase> database, Optional<Level> level)
      throws SQLException, IOException {
    try {
      CheckedFile checked = level.isPresent() ? against(level.get()) : alone();
      ExitCode code = print(checked);
      return database.isPresent() && code == ExitCode.CLEAN ? print(against(database.get())) : code;
    } catch (IllegalArgumentException | UncheckedIOException e) {
      throw new StartFault(ExitCode.USAGE, file + " can't be checked: " + e.getMessage(), e);
    }
  }

  private CheckedFile alone() throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return checkpoints.check(in, trusted);
    }
  }

  private CheckedFile against(OwnersDatabase database) throws SQLException, IOException {
    return database.with(
        url -> {
          try (InputStream in = Files.newInputStream(file);
              Connection connection = Database.connect(url)) {
            return checkpoints.check(in, trusted, connection);
          }
        });
  }

  private CheckedFile against(Level level) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        BufferedReader ledger = Files.newBufferedReader(level.ledger())) {
      return checkpoints.check(
          in, trusted, level.sku(), level.location(), new MovementsCsvReader(ledger));
    }
  }

  private ExitCode print(CheckedFile checked) {
    DifferenceLines.print(checked.differences(), out);
    Statement statement = checked.statement();
    out.printf(
        "Checked checkpoint %d of tenant %d, made at %s, signed by the key %s: %s.%n",
        statement.number(),
        statement.tenant().value(),
        statement.madeAt(),
        statement.keyId(),
        checked.differences().isEmpty()
            ? "all fits"
            : checked.differences().size() + " differences");
    if (trusted.isEmpty()) {
      out.println("Whose key that is, nobody has said: --public-key names the one to be trusted.");
    }
    out.flush();
    return checked.differences().isEmpty() ? ExitCode.CLEAN : ExitCode.DIFFERENCES_FOUND;
  }
}
