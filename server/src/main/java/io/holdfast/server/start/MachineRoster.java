package io.holdfast.server.start;

import io.holdfast.server.identity.Tenants;
import io.holdfast.server.machine.MachineEntry;
import io.holdfast.server.machine.MachineFile;
import io.holdfast.server.machine.Machines;
import io.holdfast.stock.TenantId;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// The machines that `serve` was told of. What is wrong with the file ends the start before
/// anything is opened; whose tenant there is not, once the database can be asked.
///
/// @param file null without machines
record MachineRoster(@Nullable Path file, List<MachineEntry> entries) {

  static MachineRoster read(Optional<Path> file) throws IOException {
    return file.isEmpty()
        ? new MachineRoster(null, List.of())
        : new MachineRoster(file.get(), entries(file.get()));
  }

  private static List<MachineEntry> entries(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new StartFault(ExitCode.USAGE, "there is no file of machines " + file);
    }
    PrivateFile.require(file);
    try {
      return MachineFile.parse(Files.readAllLines(file));
    } catch (CharacterCodingException e) {
      throw new StartFault(ExitCode.USAGE, file + " is not in UTF-8", e);
    } catch (IllegalArgumentException e) {
      throw fault(file, String.valueOf(e.getMessage()).lines().toList());
    }
  }

  Machines found(Database database) throws SQLException {
    Map<String, TenantId> tenants = new HashMap<>();
    if (file != null && !entries.isEmpty()) {
      List<String> unknown = new ArrayList<>();
      try (Handle owner = Jdbi.create(database.connect()).open()) {
        for (MachineEntry entry : entries) {
          Tenants.find(owner, entry.tenantSlug())
              .ifPresentOrElse(
                  tenant -> tenants.put(entry.tenantSlug(), tenant),
                  () -> unknown.add("line " + entry.line() + ": there is no such tenant"));
        }
      }
      if (!unknown.isEmpty()) {
        throw fault(file, unknown);
      }
    }
    return Machines.of(entries, tenants, InstantSource.system());
  }

  private static StartFault fault(Path file, List<String> problems) {
    return new StartFault(
        ExitCode.USAGE, file + " can't be used:\n  " + String.join("\n  ", problems));
  }
}
