package io.holdfast.server.start;

import io.holdfast.server.identity.TenantScope;
import io.holdfast.server.identity.Tenants;
import io.holdfast.server.machine.MachineEntry;
import io.holdfast.server.machine.MachineFile;
import io.holdfast.server.machine.Machines;
import io.holdfast.server.role.HeldRoles;
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
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// The machines that `serve` was told of. What is wrong with the file is said with what is wrong
/// with other options; whose tenant there is not, once the database can be asked.
///
/// @param file null without machines
record MachineRoster(@Nullable Path file, List<MachineEntry> entries) {
  private static final Logger LOG = Logger.getLogger(MachineRoster.class);
  private static final String OPTION = "--machines";

  /// What is wrong with the file is a problem, each line's its own.
  static MachineRoster read(Optional<Path> file, Problems problems) {
    return file.isEmpty()
        ? new MachineRoster(null, List.of())
        : new MachineRoster(file.get(), entries(file.get(), problems));
  }

  private static List<MachineEntry> entries(Path file, Problems problems) {
    if (!problems.unlessReadable(OPTION, file)) {
      return List.of();
    }
    try {
      PrivateFile.require(file);
      return MachineFile.parse(Files.readAllLines(file));
    } catch (StartFault e) {
      problems.add(OPTION + ": " + e.getMessage());
    } catch (CharacterCodingException e) {
      problems.add(OPTION + ": " + file + " is not in UTF-8");
    } catch (IOException e) {
      problems.add(OPTION + ": " + file + " can't be read: " + StartFault.oneLine(e));
    } catch (IllegalArgumentException e) {
      String.valueOf(e.getMessage())
          .lines()
          .forEach(problem -> problems.add(OPTION + ": " + file + ", " + problem));
    }
    return List.of();
  }

  Machines found(Database database) throws SQLException {
    Map<String, TenantId> tenants = new HashMap<>();
    if (file != null && !entries.isEmpty()) {
      List<String> unknown = new ArrayList<>();
      try (Handle owner = Jdbi.create(database.connect()).open()) {
        for (MachineEntry entry : entries) {
          Tenants.find(owner, entry.tenantSlug())
              .ifPresentOrElse(
                  tenant -> {
                    tenants.put(entry.tenantSlug(), tenant);
                    warnOfRole(owner, tenant, entry);
                  },
                  () -> unknown.add("line " + entry.line() + ": there is no such tenant"));
        }
      }
      if (!unknown.isEmpty()) {
        throw fault(file, unknown);
      }
    }
    return Machines.of(entries, tenants, InstantSource.system());
  }

  /// The tenant may make the role any time, and take it away: that is no reason not to start.
  private static void warnOfRole(Handle owner, TenantId tenant, MachineEntry entry) {
    boolean exists =
        owner.inTransaction(
            handle -> {
              TenantScope.set(handle, tenant);
              return HeldRoles.permissions(handle, tenant, entry.role()).isPresent();
            });
    if (!exists) {
      LOG.warnf(
          "The machine in line %d may do nothing until its tenant has the role that stands there",
          entry.line());
    }
  }

  private static StartFault fault(Path file, List<String> problems) {
    return new StartFault(
        ExitCode.USAGE, file + " can't be used:\n  " + String.join("\n  ", problems));
  }
}
