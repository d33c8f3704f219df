package io.holdfast.proof.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.holdfast.proof.shop.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A load process as the bench sees it.
final class LoadProcess {

  private LoadProcess() {}

  /// @param whenWarm told at the moment when the measuring begins
  static LoadResult run(List<String> command, LoadJob job, Runnable whenWarm) throws IOException {
    List<String> words = new ArrayList<>(command);
    words.add("load");
    Process process =
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (Writer in = process.outputWriter(StandardCharsets.UTF_8);
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      in.write(Json.write(job) + "\n");
      in.flush();
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (!line.equals(LoadCommand.MEASURING)) {
          return JsonMapper.builder().build().readValue(line, LoadResult.class);
        }
        whenWarm.run();
      }
      throw new IOException("a load process ended without a result");
    } finally {
      process.destroyForcibly();
    }
  }
}
