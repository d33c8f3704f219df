package io.holdfast.proof.bench;

import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.holdfast.proof.node.Fleet;
import io.holdfast.proof.node.Install;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The raw limit and the controls in process, as the server's own jar measures them.
final class EngineMeasures {

  private static final ObjectReader READER = JsonMapper.builder().build().readerFor(Measure.class);

  private EngineMeasures() {}

  static void run(
      Install install, Fleet fleet, List<String> controls, Pace pace, Consumer<Measure> witness)
      throws IOException, InterruptedException {
    List<String> words =
        new ArrayList<>(
            List.of(
                "bench-engine",
                "--db-url",
                fleet.ownerUrl(),
                "--seconds",
                Double.toString(pace.engineSeconds()),
                "--control",
                String.join(",", controls)));
    if (pace.isQuick()) {
      words.add("--quick");
    }
    Process process =
        new ProcessBuilder(install.command(words))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith("{")) {
          witness.accept(READER.readValue(line));
        }
      }
      int status = process.waitFor();
      if (status != 0) {
        throw new IOException("the measures in process ended with status " + status);
      }
    } finally {
      process.destroyForcibly();
    }
  }
}
