package io.holdfast.proof.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.proof.bench.result.Measure;
import io.holdfast.proof.node.Controls;
import io.holdfast.proof.node.Fleet;
import io.holdfast.proof.node.Install;
import io.holdfast.proof.shop.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The parts in process, as the server's own jar measures them.
record EngineMeasures(Install install, Scope scope) {

  List<Forecast.Entry> forecast() throws IOException, InterruptedException {
    List<Forecast.Entry> entries = new ArrayList<>();
    List<String> words = words();
    words.add("--plan");
    List<String> lines = new ArrayList<>();
    lines(words, Map.of(), lines::add);
    for (String line : lines) {
      JsonNode entry = Json.read(line);
      Part.of(entry.path("part").asText())
          .ifPresent(
              part ->
                  entries.add(
                      new Forecast.Entry(
                          part, entry.path("measures").asInt(), entry.path("seconds").asLong())));
    }
    return entries;
  }

  void run(Part part, Fleet fleet, Consumer<Measure> witness)
      throws IOException, InterruptedException {
    List<String> words = words();
    words.addAll(List.of("--part", part.word(), "--db-url", fleet.ownerUrl()));
    words.addAll(List.of("--filler-url", fleet.superuserUrl()));
    Map<String, String> environment =
        needsRedis(part) ? Map.of("HOLDFAST_REDIS_URL", fleet.redisUrl()) : Map.of();
    lines(words, environment, line -> witness.accept(Measure.read(line)));
  }

  /// Whether the control with locks in a Redis is measured, by itself or among all that there are.
  private boolean needsRedis(Part part) {
    List<String> controls = scope.engineControls();
    boolean isMeasured = controls.isEmpty() || controls.contains(Controls.FENCED_LOCK);
    return isMeasured && (part == Part.TABLE || part == Part.GRID);
  }

  private List<String> words() {
    List<String> words =
        new ArrayList<>(
            List.of(
                "bench-engine",
                "--seconds",
                Double.toString(scope.pace().engineSeconds()),
                "--stored",
                Long.toString(scope.stored()),
                "--expiring",
                Long.toString(scope.expiring())));
    if (!scope.engineControls().isEmpty()) {
      words.addAll(List.of("--control", String.join(",", scope.engineControls())));
    }
    return words;
  }

  private interface Witness {
    void saw(String line) throws IOException;
  }

  private void lines(List<String> words, Map<String, String> environment, Witness witness)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(install.command(words)).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    Process process = builder.start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith("{")) {
          witness.saw(line);
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
