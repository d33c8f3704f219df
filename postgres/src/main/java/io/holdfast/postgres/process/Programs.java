package io.holdfast.postgres.process;

import io.holdfast.postgres.ClusterFault;
import io.holdfast.postgres.ClusterFault.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Runs PostgreSQL's programs in the cluster's folder and collects what they say.
///
/// They refuse to run as root. There, `unshare` gives them a user namespace of their own: to the
/// kernel they stay root's processes without any of root's powers, and they see themselves as
/// nobody.
public final class Programs {
  private static final String USER = System.getProperty("user.name", "");

  /// @param output standard output and standard error, as they came
  public record Result(int exitCode, String output) {}

  private final Path binaries;
  private final Path folder;
  private final List<String> prefix;

  private Programs(Path binaries, Path folder, List<String> prefix) {
    this.binaries = binaries;
    this.folder = folder;
    this.prefix = prefix;
  }

  public static Programs in(Path folder, Path binaries) {
    if (!USER.equals("root")) {
      return new Programs(binaries, folder, List.of());
    }
    Programs unshared = new Programs(binaries, folder, List.of("unshare", "-U"));
    unshared.requireAccess();
    return unshared;
  }

  private void requireAccess() {
    Result result =
        execute(
            List.of("sh", "-c", "test -w \"$0\" && echo writable || echo not", folder.toString()));
    if (result.exitCode() != 0) {
      throw cannotRunAsRoot(result.output());
    }
    if (!result.output().strip().equals("writable")) {
      throw new ClusterFault(
          Code.FOLDER_NOT_WRITABLE,
          "folder " + folder + " can't be used: root does not own it or a folder above it");
    }
  }

  /// Runs one of `initdb` and `pg_ctl`, and waits for its end.
  public Result run(String program, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(binaries.resolve("bin").resolve(program).toString());
    command.addAll(arguments);
    return execute(command);
  }

  private Result execute(List<String> command) {
    List<String> whole = new ArrayList<>(prefix);
    whole.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(whole).directory(folder.toFile()).redirectErrorStream(true);
    // Variables such as PGPORT would speak over our arguments; messages are read in English.
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    try {
      return result(builder.start());
    } catch (IOException e) {
      if (!Files.isDirectory(folder)) {
        throw new ClusterFault(Code.FOLDER_NOT_WRITABLE, "folder " + folder + " is gone", e);
      }
      if (!prefix.isEmpty()) {
        throw cannotRunAsRoot(e.toString());
      }
      throw new ClusterFault(Code.START_FAILED, command.getFirst() + " does not run: " + e, e);
    }
  }

  // Waits first, so that an interrupt is heard; what these programs print fits into the pipe.
  private static Result result(Process process) throws IOException {
    try (var output = process.getInputStream()) {
      process.getOutputStream().close();
      int exitCode = process.waitFor();
      return new Result(
          exitCode, new String(output.readAllBytes(), StandardCharsets.UTF_8).strip());
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new ClusterFault(Code.START_FAILED, "interrupted while PostgreSQL started", e);
    }
  }

  private static ClusterFault cannotRunAsRoot(String why) {
    return new ClusterFault(
        Code.CANNOT_RUN_AS_ROOT,
        "PostgreSQL can't run as root, and a user namespace is refused here ("
            + why.lines().findFirst().orElse("no reason given")
            + "); run as another user, or name a database with --db-url");
  }
}
