package io.holdfast.proof.fault;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/// Signals to processes that are ours, with all that they have started.
final class Signals {
  private Signals() {}

  /// Of those processes that there are; one that ends meanwhile needs none.
  ///
  /// @param name such as `KILL`
  static void send(String name, long pid) throws IOException, InterruptedException {
    List<String> pids = family(pid).stream().map(process -> Long.toString(process.pid())).toList();
    if (!pids.isEmpty()) {
      // The shell's own: not every machine has a program of that name.
      new ProcessBuilder("sh", "-c", "kill -s " + name + " " + String.join(" ", pids) + " || true")
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    }
  }

  /// The parent first, so that it does not see its children go.
  private static List<ProcessHandle> family(long pid) {
    return ProcessHandle.of(pid).stream()
        .flatMap(parent -> Stream.concat(Stream.of(parent), parent.descendants()))
        .toList();
  }
}
