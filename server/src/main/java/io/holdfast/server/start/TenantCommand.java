package io.holdfast.server.start;

import io.holdfast.server.identity.Tenants.Status;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `tenant`: parses, and hands over to [TenantOffice]. What it does is the operator's: no tenant's
/// key and no person may do it over HTTP.
@Command(
    name = "tenant",
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Lists the tenants, makes one, suspends and resumes one, closes one for good, and invites an",
      "owner. Also beside a living node, which knows of it within 3 seconds."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "2:wrong usage, or there is no such tenant",
      "12:the database can't be reached",
      "17:another fault, which is named"
    })
final class TenantCommand implements Callable<Integer>, Checked {
  private static final String SLUG = "SLUG";

  @Spec private @Nullable CommandSpec spec;

  @Mixin private DatabaseOptions options = new DatabaseOptions();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "shows this")
  private boolean unusedHelp;

  @Override
  public void check(Problems problems) {
    options.check(problems);
  }

  @Override
  public Integer call() throws SQLException, IOException {
    return office().list().number();
  }

  @Command(
      name = "list",
      description = "All tenants, one line each: slug, state, since when, name.")
  int list() throws SQLException, IOException {
    return office().list().number();
  }

  @Command(name = "create", description = "Makes a tenant, and an invitation of its first owner.")
  int create(
      @Parameters(paramLabel = SLUG, description = "lower-case letters, digits, inner hyphens")
          String slug,
      @Option(names = "--name", paramLabel = "NAME", description = "(default: the slug)")
          @Nullable String name)
      throws SQLException, IOException {
    try {
      ServeOptions.requireSlug("the tenant", slug);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(line(), String.valueOf(e.getMessage()), e);
    }
    return office().create(slug, name == null ? slug : name).number();
  }

  @Command(name = "invite", description = "Makes an invitation of another owner; prints it once.")
  int invite(@Parameters(paramLabel = SLUG) String slug) throws SQLException, IOException {
    return office().invite(slug).number();
  }

  @Command(name = "suspend", description = "Lets nobody in until it is resumed.")
  int suspend(@Parameters(paramLabel = SLUG) String slug) throws SQLException, IOException {
    return office().become(slug, Status.SUSPENDED).number();
  }

  @Command(name = "resume", description = "Lets everybody in again.")
  int resume(@Parameters(paramLabel = SLUG) String slug) throws SQLException, IOException {
    return office().become(slug, Status.ACTIVE).number();
  }

  @Command(name = "close", description = "Lets nobody in any more, for good; the data stays.")
  int close(@Parameters(paramLabel = SLUG) String slug) throws SQLException, IOException {
    return office().become(slug, Status.CLOSED).number();
  }

  private TenantOffice office() {
    return new TenantOffice(options.database(), line().getOut());
  }

  private CommandLine line() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets the spec before it calls");
    }
    return spec.commandLine();
  }
}
